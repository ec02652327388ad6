-- Bringing media in: one call a bin, pictures before sound, each clip known again by its path.

-- Positions in ImportMedia's answer shift when it drops a file in silence: what came in is known by its own path, else by
-- a file name that only one of the wanted has.
local function matchImported(items, wanted)
  local strays = {}
  for _, item in ipairs(items) do
    local file = property(item, "File Path")
    if file ~= "" then remember(pathKey(file), item, wanted.bin) end
    strays[baseName(file)] = strays[baseName(file)] and "several" or { item = item, bin = wanted.bin, file = file }
  end
  for _, step in ipairs(wanted.steps) do
    local stray = strays[baseName(clips[step.clip].file)]
    if not find(step) and type(stray) == "table" then
      found[pathKey(clips[step.clip].file)] = { stray }
      stray.elsewhere = "Resolve gives its path as " .. stray.file
    end
  end
end

-- An image sequence is asked for by pattern and comes in as one item, alone in its call, so that whatever came is it.
local function importSequence(step, bin)
  local clip = clips[step.clip]
  local asked = { FilePath = clip.sequence.pattern, StartIndex = clip.sequence.first, EndIndex = clip.sequence.last }
  local items = list(ask(pool, "ImportMedia", { asked }))
  if #items == 1 and not find(step) then remember(pathKey(clip.file), items[1], bin) end
end

local function importBin(wanted)
  local folder, paths = ensureBin(wanted.bin), {}
  for _, step in ipairs(wanted.steps) do
    if not clips[step.clip].sequence then paths[#paths + 1] = clips[step.clip].file end
  end
  local here = folder and (ask(pool, "GetCurrentFolder") == folder or ask(pool, "SetCurrentFolder", folder))
  if here and #paths > 0 then matchImported(list(ask(pool, "ImportMedia", paths)), wanted) end
  for _, step in ipairs(wanted.steps) do
    if here and clips[step.clip].sequence then importSequence(step, wanted.bin) end
  end
  local there = here and lying(folder) or {}
  for _, step in ipairs(wanted.steps) do
    local entry = find(step)
    if not here then
      report(step, "failed", "the bin " .. binName(wanted.bin) .. " could not be made or opened")
    elseif not entry then
      report(step, "failed", "Resolve did not import " .. clips[step.clip].file .. " and gives no reason: is the file there,"
        .. " can this edition read it, and is no dialog open?")
    elseif entry.elsewhere or not there[pathKey(property(entry.item, "File Path"))] then
      report(step, "unverified", entry.elsewhere or "it is not listed in " .. binName(wanted.bin), nil, entry.item)
    else
      -- Left on the clip at once: a run that dies is then known to have brought it in.
      wrote(entry).imported = "1"
      saveWrote(entry)
      report(step, "verified", nil, nil, entry.item)
    end
  end
end

-- A clip that was taken back lies in a bin of Baton's own; it is moved, not imported a second time.
local function bringBack(step, entry)
  local folder = ensureBin(step.bin)
  if folder then ask(pool, "MoveClips", { entry.item }, folder) end
  if not folder or not lying(folder)[pathKey(property(entry.item, "File Path"))] then
    return report(step, "failed", "Resolve did not move it from " .. REVERTED .. " to " .. binName(step.bin), nil, entry.item)
  end
  entry.bin, wrote(entry).imported = step.bin, "1"
  report(step, "verified", nil, nil, entry.item)
end

-- Pictures before sound: a WAV takes its rate from the project at import, which the pictures settle. One call per bin.
local function importAll(sound)
  local order, byBin, asked = {}, {}, {}
  each("import", function(step)
    local clip, entry = clips[step.clip], find(step)
    if entry and binKey(entry.bin) == binKey(step.bin) then
      if isMine(entry) then return report(step, "verified", nil, nil, entry.item) end
      return reportFound(step, entry.item)
    end
    if entry and entry.bin[1] == REVERTED then return bringBack(step, entry) end
    if entry then
      return leave(step, "already in " .. binName(entry.bin) .. "; not imported twice", entry.item)
    end
    if clip.sound ~= sound or asked[pathKey(clip.file)] then return end
    asked[pathKey(clip.file)] = true
    local key = binKey(step.bin)
    if not byBin[key] then
      byBin[key] = { bin = step.bin, steps = {} }
      order[#order + 1] = byBin[key]
    end
    table.insert(byBin[key].steps, step)
  end)
  for _, wanted in ipairs(order) do importBin(wanted) end
end
