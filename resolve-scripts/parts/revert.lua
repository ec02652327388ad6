-- The phases of taking an import back: marks and words while the clips are there, then clips, then the bins they leave.

main({
  function() each("make-bin", makeBin) end,
  moveAll,
  function() onClips("set-label", setLabel) end,
  function() onClips("set-metadata", setMetadata) end,
  markAll,
  saveAllWrote,
  removeItems,
  function() each("remove-bin", removeBin) end,
})
