-- The phases of taking an import back: items go first, because what stays on them needs taking back only where they stay;
-- bins go last, when they are empty.

main({
  function() each("make-bin", makeBin) end,
  removeItems,
  moveAll,
  function() onClips("set-label", setLabel) end,
  function() onClips("set-metadata", setMetadata) end,
  markAll,
  saveAllWrote,
  function() each("remove-bin", removeBin) end,
})
