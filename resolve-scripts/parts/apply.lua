-- The phases of an import: what comes later needs what came before.

main({
  function() each("make-bin", makeBin) end,
  function() importAll(false) end,
  function() importAll(true) end,
  moveAll,
  function() onClips("set-label", setLabel) end,
  function() onClips("set-metadata", setMetadata) end,
  markAll,
  syncAll,
  saveAllWrote,
})
