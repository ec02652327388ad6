-- The project's bins and clips: walked once, found by path or by the id that Baton left, bins made where they are missing.

local bins, found = {}, {} -- joined bin path -> Folder; path key -> list of { item, bin }
local madeNow = {} -- joined bin path -> true where this run made it
local REVERTED = "_Reverted" -- the bin into which Baton Revert gathers what Baton imported

local function binKey(path) return table.concat(path, "\0") end
local function binName(path) return #path == 0 and "the top bin" or table.concat(path, "/") end
-- Windows folds case and takes both separators; elsewhere paths are as written.
local function pathKey(path)
  if path:find("^%a:[/\\]") or path:find("^\\\\") then return (path:gsub("\\", "/"):lower()) end
  return path
end

local function remember(key, item, bin)
  found[key] = found[key] or {}
  table.insert(found[key], { item = item, bin = bin })
end

local function walk(folder, path)
  if not bins[binKey(path)] then bins[binKey(path)] = folder end
  for _, item in ipairs(list(ask(folder, "GetClipList"))) do
    local file = property(item, "File Path")
    if file ~= "" then remember(pathKey(file), item, path) end
  end
  for _, sub in ipairs(list(ask(folder, "GetSubFolderList"))) do
    local below = {}
    for _, name in ipairs(path) do below[#below + 1] = name end
    below[#below + 1] = tostring(ask(sub, "GetName"))
    walk(sub, below)
  end
end

-- What is to be taken back is the item that the receipt names and no other; for an import any item of the file will do.
local function find(step)
  local clip = clips[step.clip]
  local entries = found[pathKey(clip.file)]
  for _, file in ipairs(clip.alike) do entries = entries or found[pathKey(file)] end
  entries = entries or found["\0" .. clip.id]
  if not entries then return nil end
  if clip.item and (job.reverts or #entries > 1) then
    for _, entry in ipairs(entries) do
      entry.id = entry.id or ask(entry.item, "GetUniqueId")
      if entry.id == clip.item then return entry end
    end
    if job.reverts then return nil end
  end
  return entries[1]
end

-- AddSubFolder makes a second bin of the same name without a word, so every level is looked up first.
local function ensureBin(path)
  local at = {}
  for _, name in ipairs(path) do
    local parent = bins[binKey(at)]
    at[#at + 1] = name
    if not bins[binKey(at)] then
      local made = ask(pool, "AddSubFolder", parent, name)
      if not made or ask(made, "GetName") ~= name then return nil end
      bins[binKey(at)], madeNow[binKey(at)] = made, true
    end
  end
  return bins[binKey(path)]
end

local function makeBin(step)
  if not ensureBin(step.bin) then
    return report(step, "failed", "Resolve did not make the bin " .. binName(step.bin))
  end
  if madeNow[binKey(step.bin)] then report(step, "verified") else reportFound(step) end
end

-- What lies in a bin now, by path.
local function lying(folder)
  local keys = {}
  for _, item in ipairs(list(ask(folder, "GetClipList"))) do keys[pathKey(property(item, "File Path"))] = true end
  return keys
end
