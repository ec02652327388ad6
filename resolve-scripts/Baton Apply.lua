-- Baton Apply: carries out a job made by `baton job` in the project open in DaVinci Resolve 18.5 or later, Free or Studio,
-- and says what became of each step. Run from Workspace > Scripts. Every step looks first and writes only what differs, so
-- a run can be stopped anywhere and run again. One file, because a menu script of Free 21.1 cannot find its own folder.

local SCRIPT, JOB, MADE_WITH = "Baton Apply", "job", "baton job MANIFEST"

-- Asking Resolve: one call that never throws, lists that carry a key of their own, and where the editor is found.

-- Calls a method; nil where it is missing, throws or answers nothing. In Resolve all three mean the same.
local function ask(object, method, ...)
  local ok, answer = pcall(function(...) return object[method](object, ...) end, ...)
  if ok then return answer end
  return nil
end
local function has(object, method)
  local ok, found = pcall(function() return object[method] ~= nil end)
  return ok and found
end
-- Resolve's lists carry a key `__flags`: walk them with ipairs only.
local function list(answer) return type(answer) == "table" and answer or {} end
local function property(item, name)
  local answer = ask(item, "GetClipProperty", name)
  if type(answer) == "table" then answer = answer[name] end
  return answer ~= nil and tostring(answer) or ""
end
local function findResolve()
  if resolve then return resolve end
  if type(Resolve) == "function" then
    local ok, found = pcall(Resolve)
    if ok and found then return found end
  end
  local ok, found = pcall(function() return bmd.scriptapp("Resolve") end)
  return ok and found or nil
end

-- Text: JSON, percent-coding, file names. NULL is JSON's null, which no Lua table can hold.

local NULL = {}
local escapes = { ['"'] = '\\"', ["\\"] = "\\\\" }
local function json(value)
  local kind = type(value)
  if value == NULL then
    return "null"
  elseif kind == "string" then
    return '"' .. value:gsub('[%c"\\]', function(c) return escapes[c] or string.format("\\u%04x", c:byte()) end) .. '"'
  elseif kind == "number" then
    return string.format("%.0f", value)
  elseif kind ~= "table" then
    return tostring(value)
  end
  local parts = {}
  if next(value) == nil or value[1] ~= nil then
    for _, entry in ipairs(value) do parts[#parts + 1] = json(entry) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for name, entry in pairs(value) do parts[#parts + 1] = json(name) .. ":" .. json(entry) end
  table.sort(parts)
  return "{" .. table.concat(parts, ",") .. "}"
end

local function encode(text)
  return (tostring(text):gsub("[^%w_.-]", function(c) return string.format("%%%02X", c:byte()) end))
end
local function decode(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local function baseName(path) return path:match("[^/\\]+$") or path end

-- The project that is open, and the bin that a person was in.

local editor, project, pool, root
local NOT_FOUND = "Resolve was not found: run this from Workspace > Scripts in DaVinci Resolve"

local function openProject() return ask(ask(editor, "GetProjectManager"), "GetCurrentProject") end

-- Finds them all; the bin is what `restoreBin` goes back to.
local function openSession()
  editor = findResolve()
  project = openProject()
  pool = ask(project, "GetMediaPool")
  root = ask(pool, "GetRootFolder")
  return ask(pool, "GetCurrentFolder")
end

local function restoreBin(folder)
  if folder and ask(pool, "GetCurrentFolder") ~= folder then ask(pool, "SetCurrentFolder", folder) end
end

-- Where Baton's files lie: `.baton` in the person's own folder, the one folder a menu script knows.

local function environment(name) return os and os.getenv and os.getenv(name) or nil end

-- Every place where a file of Baton's may lie, the likeliest first.
local function homePlaces(name)
  local paths = {}
  for _, variable in ipairs({ "HOME", "USERPROFILE" }) do
    local home = environment(variable)
    if home and home ~= "" then paths[#paths + 1] = home:gsub("[/\\]+$", "") .. "/.baton/" .. name end
  end
  return paths
end

-- How a script leaves a file: by `io`; in the sandbox of Free 21.1 as hexadecimal digits in a Fusion preferences file.

local function isThere(path)
  if type(io) == "table" then
    local file = io.open(path, "rb")
    if file then file:close() end
    return file ~= nil
  end
  local ok, there = pcall(function() return bmd.fileexists(path) end)
  return ok and there == true
end

-- A name that is not taken, so that no run writes over what an earlier one left: `stem`, then `stem-2`.
local function freeStem(stem)
  local free, number = stem, 1
  while number < 1000 and (isThere(free .. ".json") or isThere(free .. ".prefs")) do
    number = number + 1
    free = string.format("%s-%d", stem, number)
  end
  return free
end

-- Every byte's digits: a table answers millions of bytes several times sooner than a function.
local function digits()
  local all = {}
  for byte = 0, 255 do all[string.char(byte)] = string.format("%02x", byte) end
  return all
end

local function fusionApp() return fusion or fu or app or ask(findResolve(), "Fusion") end

-- To another name first, so that a run that dies leaves the old text or the new one.
local function writeFile(path, text)
  local file = io.open(path .. ".new", "wb")
  if not file then return false end
  local written = file:write(text)
  local closed = file:close()
  if not (written and closed) then return false end
  os.remove(path) -- Windows renames onto nothing that is there
  return os.rename(path .. ".new", path) ~= nil
end

-- Where it was left, for people; nil where nothing could be. `name` is the value's name in the preferences.
local function keepText(stem, name, text)
  if type(io) == "table" and writeFile(stem .. ".json", text) then return stem .. ".json" end
  local hex = text:gsub(".", digits())
  local fusionApp = fusionApp()
  ask(fusionApp, "SetData", name, hex)
  ask(fusionApp, "SavePrefs", stem .. ".prefs")
  ask(fusionApp, "SetData", name, nil)
  if isThere(stem .. ".prefs") then return stem .. ".prefs" end
  if not fusionApp then return nil end
  ask(fusionApp, "SetPrefs", "Global." .. name, hex)
  ask(fusionApp, "SavePrefs")
  return "Fusion.prefs (Global." .. name .. ")"
end

-- The job file: where it lies and how it is read.

local function jobPaths()
  if environment("BATON_JOB") then return { environment("BATON_JOB") } end
  return homePlaces(JOB .. ".lua")
end

-- Why a job that loads is none for this script; nil where it is one.
local function notOurs(job, path)
  if type(job) ~= "table" or job.kind ~= "baton-job" or job.version ~= 1 then
    return path .. " is not a job this " .. SCRIPT .. " reads. Copy the script and make the job with one Baton"
  end
  if (job.reverts ~= nil) ~= (JOB == "revert") then
    return path .. " is a job for " .. (job.reverts and "Baton Revert" or "Baton Apply") .. ": run that script"
  end
end

-- The job sees no global at all, so that a file put there by somebody else can do nothing but fail.
local function loadJob()
  local problem = "no job at " .. table.concat(jobPaths(), " or ") .. ". Make one with: " .. MADE_WITH
  for _, path in ipairs(jobPaths()) do
    local chunk, failure = loadfile(path)
    if chunk then
      setfenv(chunk, {})
      local ok, job = pcall(chunk)
      local wrong = notOurs(ok and job, path)
      if wrong then return nil, path, wrong end
      return job, path
    elseif not tostring(failure):find("cannot open", 1, true) then
      problem = "the job cannot be read: " .. tostring(failure)
    end
  end
  return nil, jobPaths()[1], problem
end

local function unchunk(chunks)
  local all = {}
  for _, chunk in ipairs(chunks) do
    for _, entry in ipairs(chunk()) do all[#all + 1] = entry end
  end
  return all
end

-- What is being carried out, and what became of each step.

local job
local steps, clips, results = {}, {}, {}
local synced = {} -- pictures whose sound was to be linked, and what came of it
local pending, told = {}, 0 -- ids of what is about to be made; how many results there are

local function report(step, result, reason, before, item)
  told = told + 1
  results[step.id] = { result = result, reason = reason, before = before, item = item and ask(item, "GetUniqueId") }
end
-- There already: nothing was made, so there is nothing to take back.
local function reportFound(step, item)
  report(step, "verified", nil, nil, item)
  results[step.id].found = true
end
-- What a person changed since Baton wrote it, or since the plan was made, stays.
local function leave(step, reason, item)
  report(step, "skipped", reason, nil, item)
  results[step.id].left = true
end
local function each(kind, run)
  for _, step in ipairs(steps) do
    if step.kind == kind and not results[step.id] then run(step) end
  end
end

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

-- What Baton keeps on a clip for itself (19.0.2 and up): its id, and what it wrote last, so that it knows a person's change
-- from its own.

-- Metadata of our own on a clip; "" where there is none.
local function thirdParty(item, name)
  local held = has(item, "GetThirdPartyMetadata") and ask(item, "GetThirdPartyMetadata", name)
  if type(held) == "table" then held = held[name] end
  return type(held) == "string" and held or ""
end

-- A clip relinked to another path is known by the id Baton left on it; asked for only when paths fail.
local function findByBatonId()
  local missing = false
  for _, step in ipairs(steps) do missing = missing or (step.clip and not find(step)) end
  if not missing then return end
  local known = {}
  for _, entries in pairs(found) do
    for _, entry in ipairs(entries) do
      local id = thirdParty(entry.item, job.idKey)
      if id ~= "" then known[#known + 1] = { "\0" .. id, entry } end
    end
  end
  for _, pair in ipairs(known) do remember(pair[1], pair[2].item, pair[2].bin) end
end

local function wrote(entry)
  if entry.wrote then return entry.wrote end
  entry.wrote, entry.wroteText = {}, thirdParty(entry.item, job.wroteKey)
  for name, value in entry.wroteText:gmatch("(%S+)=(%S*)") do entry.wrote[decode(name)] = decode(value) end
  return entry.wrote
end

local function saveWrote(entry)
  if not entry.wrote or not has(entry.item, "SetThirdPartyMetadata") then return end
  local parts = {}
  for name, value in pairs(entry.wrote) do parts[#parts + 1] = encode(name) .. "=" .. encode(value) end
  table.sort(parts)
  local text = table.concat(parts, " ")
  if text ~= entry.wroteText then ask(entry.item, "SetThirdPartyMetadata", job.wroteKey, text) end
  entry.wroteText = text
end

-- Remembers a value as Baton's; taking an import back forgets it, so that a later import writes it again.
local function noteWrote(entry, name, value) wrote(entry)[name] = not job.reverts and value or nil end

-- A clip that Baton itself brought in: nothing stood on it before.
local function isMine(entry) return wrote(entry).imported ~= nil end

-- Whether a value is a person's: not the wanted one, and not what the plan saw or, without that, what Baton wrote.
local function isTheirs(entry, name, have, want, was)
  local base = was or wrote(entry)[name]
  return have ~= want and base ~= nil and have ~= base
end

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

-- Moving clips to their bins.

local function moveInto(bin, wanted)
  local folder, items = ensureBin(bin), {}
  for _, one in ipairs(wanted) do items[#items + 1] = one.entry.item end
  if folder and not ask(pool, "MoveClips", items, folder) then
    for _, item in ipairs(items) do ask(pool, "MoveClips", { item }, folder) end
  end
  local there = folder and lying(folder) or {}
  for _, one in ipairs(wanted) do
    local entry, before = one.entry, { bin = one.entry.bin }
    if there[pathKey(property(entry.item, "File Path"))] then
      entry.bin = bin
      report(one.step, "verified", nil, before, entry.item)
    else
      report(one.step, "failed", "Resolve did not move it to " .. binName(bin), before, entry.item)
    end
  end
end

local function moveAll()
  local order, byBin = {}, {}
  each("move", function(step)
    local entry, key = find(step), binKey(step.bin)
    if not entry then return end
    if binKey(entry.bin) == key then return report(step, "verified", nil, nil, entry.item) end
    if binKey(entry.bin) ~= binKey(step.from) then
      return leave(step, "moved to " .. binName(entry.bin) .. " since the plan was made; left there", entry.item)
    end
    if not byBin[key] then
      byBin[key] = { bin = step.bin }
      order[#order + 1] = byBin[key]
    end
    table.insert(byBin[key], { step = step, entry = entry })
  end)
  for _, wanted in ipairs(order) do moveInto(wanted.bin, wanted) end
end

-- Clip colours and metadata.

local function setLabel(step, entry)
  local item, have = entry.item, ask(entry.item, "GetClipColor") or ""
  local shown, want = job.labels[have] or have, job.labels[step.colour] or step.colour
  if isTheirs(entry, "label", shown, want, step.was) then
    return leave(step, "its colour was changed to " .. (have == "" and "none" or have) .. "; left so", item)
  end
  local same = have == step.colour
  if not same and step.colour == "" then
    ask(item, "ClearClipColor")
  elseif not same then
    ask(item, "SetClipColor", step.colour)
  end
  local ok = same or (ask(item, "GetClipColor") or "") == step.colour
  if ok then noteWrote(entry, "label", want) end
  -- A colour that is right already, on a clip that Baton brought in, is Baton's from a run that died.
  local before = not (same and isMine(entry)) and { label = have == "" and NULL or shown } or nil
  report(step, ok and "verified" or "failed", not ok and "the clip colour was not taken" or nil, before, item)
end

local function readMetadata(item, fields)
  local now = ask(item, "GetMetadata")
  if type(now) == "table" then return now end
  now = { Keywords = ask(item, "GetMetadata", "Keywords") }
  for _, field in ipairs(fields) do
    if field.key then now[field.key] = ask(item, "GetMetadata", field.key) end
  end
  return now
end

local function words(text)
  local all, set = {}, {}
  for word in tostring(text or ""):gmatch("[^,]+") do
    word = word:match("^%s*(.-)%s*$")
    if word ~= "" then all[#all + 1], set[word] = word, true end
  end
  return all, set
end

-- Good Take cannot be written: a keyword and a flag stand for it, and the keyword tells Baton's flag from a person's own.
local function setGood(entry, want, keywords)
  local item = entry.item
  local all, set = words(keywords)
  if want == (set[job.good.keyword] or false) then return nil end
  -- The flag first: a run killed between the two is then told by the keyword that is not there yet.
  if want then
    for _, flag in ipairs(list(ask(item, "GetFlagList"))) do
      if flag == job.good.flag and not isMine(entry) then wrote(entry).flag = "theirs" end
    end
    ask(item, "AddFlag", job.good.flag)
  else
    if wrote(entry).flag ~= "theirs" then ask(item, "ClearFlags", job.good.flag) end
    wrote(entry).flag = nil
  end
  local kept = {}
  for _, word in ipairs(all) do
    if word ~= job.good.keyword then kept[#kept + 1] = word end
  end
  if want then kept[#kept + 1] = job.good.keyword end
  return table.concat(kept, ",")
end

local function setBatonId(item, field)
  if not has(item, "SetThirdPartyMetadata") then return "this Resolve keeps no id for other programs", "" end
  local had = thirdParty(item, job.idKey)
  if had == field.value then return nil, had end
  ask(item, "SetThirdPartyMetadata", job.idKey, field.value)
  return thirdParty(item, job.idKey) ~= field.value and "Baton's id was not kept" or nil, had
end

-- What a field holds; the keyword stands for Good Take, which cannot be written.
local function valueOf(field, now)
  if field.field ~= "good" then return tostring(now[field.key] or "") end
  return tostring(select(2, words(now.Keywords))[job.good.keyword] or false)
end

-- The fields to write, by Resolve's key, and what stood there; a field that is a person's is marked `left`.
local function fieldsToWrite(step, entry, now)
  local write, before, said = {}, {}, {}
  for _, field in ipairs(step.fields) do
    local have, good = valueOf(field, now), field.field == "good"
    if field.field == "batonId" then
      said[#said + 1], before.batonId = setBatonId(entry.item, field)
    elseif isTheirs(entry, field.field, have, good and tostring(field.value == "true") or field.value, field.was) then
      field.left = true
      said[#said + 1] = (field.key or job.good.keyword) .. " was changed by hand; left so"
    else
      before[field.field] = have
      if good then
        write.Keywords = setGood(entry, field.value == "true", now.Keywords)
      elseif have ~= field.value then
        write[field.key] = field.value
      end
    end
  end
  return write, before, said
end

-- A dictionary may fail as a whole for one key: then one by one.
local function writeMetadata(item, write)
  if ask(item, "SetMetadata", write) then return end
  for key, value in pairs(write) do ask(item, "SetMetadata", key, value) end
end

local function setMetadata(step, entry)
  local item, now = entry.item, readMetadata(entry.item, step.fields)
  local write, before, said = fieldsToWrite(step, entry, now)
  local any = next(write) ~= nil
  if any then writeMetadata(item, write) end
  local after = any and readMetadata(item, step.fields) or now
  local lost, left = 0, 0
  for _, field in ipairs(step.fields) do
    if field.left then
      left = left + 1
    elseif field.field ~= "batonId" then
      -- Good Take is taken back to "", which is no keyword.
      local want = field.field == "good" and tostring(field.value == "true") or field.value
      if valueOf(field, after) == want then
        noteWrote(entry, field.field, field.value)
      else
        lost = lost + 1
        said[#said + 1] = (field.key or "the keyword " .. job.good.keyword) .. " was not kept by Resolve"
      end
    end
  end
  local reason = #said > 0 and table.concat(said, "; ") or nil
  if left > 0 and lost == 0 and not any then return leave(step, reason, item) end
  local had = next(before) ~= nil and not (not any and isMine(entry)) and { metadata = before } or nil
  report(step, lost + left == 0 and "verified" or "unverified", reason, had, item)
end

-- Markers. Resolve holds one marker a frame. Notes on one frame share a marker: customData then carries each of them whole
-- (`baton:ID|name|note|colour|duration`, percent-coded, parted by spaces), and is plain `baton:ID` where there is one.

-- frame -> list of Baton's notes there; `false` for a marker of the person's own.
local function readMarks(markers)
  local marks = {}
  for frame, marker in pairs(markers) do
    if type(frame) == "number" or tonumber(frame) then
      local notes = {}
      -- What Baton's panel keeps aside while it rewrites markers is not for this script to touch.
      local custom = tostring(marker.customData or "")
      if custom:sub(1, 6) == "spare:" then custom = "" end
      for token, rest in custom:gmatch("(baton:[^%s|]+)(%S*)") do
        local name, note, colour, duration = rest:match("^|([^|]*)|([^|]*)|([^|]*)|(%d+)$")
        notes[#notes + 1] = {
          token = token,
          name = name and decode(name) or tostring(marker.name or ""),
          note = note and decode(note) or tostring(marker.note or ""),
          colour = colour or marker.color,
          duration = tonumber(duration or marker.duration) or 1,
        }
      end
      marks[tonumber(frame)] = #notes > 0 and notes or false
    end
  end
  return marks
end

local function findMark(marks, token)
  for frame, notes in pairs(marks) do
    for place, note in ipairs(notes or {}) do
      if note.token == token then return frame, place, note end
    end
  end
end

local function addMarker(item, frame, notes)
  local first = notes[1]
  if #notes == 1 then
    return ask(item, "AddMarker", frame, first.colour, first.name, first.note, first.duration, first.token)
  end
  local names, texts, custom, longest = {}, {}, {}, 1
  for _, note in ipairs(notes) do
    names[#names + 1] = note.name
    texts[#texts + 1] = note.name .. ": " .. note.note
    custom[#custom + 1] = table.concat({ note.token, encode(note.name), encode(note.note), note.colour, note.duration }, "|")
    longest = math.max(longest, note.duration)
  end
  return ask(item, "AddMarker", frame, first.colour, table.concat(names, " + "), table.concat(texts, "\n"), longest,
    table.concat(custom, " "))
end

-- The exact rate behind Resolve's float: whole, or whole x 1000/1001.
local function itemRate(item)
  local fps = tonumber(property(item, "FPS"))
  if not fps or fps <= 0 then return nil end
  local whole = math.floor(fps + 0.5)
  if math.abs(fps - whole) < 0.001 then return whole, 1 end
  return whole * 1000, 1001
end
-- Nearest frame at the item's own rate, in whole numbers throughout (a double holds them all exactly).
local function atRate(frames, step, num, den)
  local top, bottom = frames * step.den * num * 2 + step.num * den, step.num * den * 2
  return (top - top % bottom) / bottom
end

-- The frame for a note, and the first that a person's own marker leaves free: theirs stays, the note goes beside it.
local function frameFor(step, marks, num, den)
  local asked = num and atRate(step.frame, step, num, den) or step.frame
  local frame = asked
  while marks[frame] == false do frame = frame + 1 end
  return frame, asked
end

-- Whether a note in the project is no longer what the plan saw there. Its colour and length are the person's to change.
local function isChanged(old, was) return old.name ~= was.name or old.note ~= was.note end

-- Puts one note among the marks; the frames that must be written are set in `dirty`.
local function placeNote(step, entry, marks, dirty, num, den)
  local note = { token = step.token, name = step.name, note = step.note, colour = step.colour }
  note.duration = math.max(1, num and atRate(step.duration, step, num, den) or step.duration)
  local frame, asked = frameFor(step, marks, num, den)
  note.aside = frame > asked and string.format("a marker of your own is at frame %.0f; put at %.0f", asked, frame) or nil
  local at, place, old = findMark(marks, step.token)
  if old and at == frame and not isChanged(old, note) then return note, frame end
  if old and (step.kind == "add-marker" or job.reverts and isChanged(old, step.was)) then return nil, "changed" end
  if not old and (job.reverts or wrote(entry)["marker " .. step.token]) then return nil, "deleted" end
  if old then
    table.remove(marks[at], place)
    dirty[at] = true
  end
  marks[frame] = marks[frame] or {}
  table.insert(marks[frame], note)
  dirty[frame] = true
  return note, frame, old and { note = old, frame = at }
end

-- Takes one note away where it still is what Baton wrote, where Baton wrote it.
local function takeNote(step, entry, marks, dirty, num, den)
  local at, place, old = findMark(marks, step.token)
  if not old then return nil, "deleted" end
  local put = tonumber(wrote(entry)["marker " .. step.token])
  if isChanged(old, step) or (at ~= put and at ~= frameFor(step, marks, num, den)) then return nil, "changed" end
  table.remove(marks[at], place)
  dirty[at] = true
  return old, at, { note = old, frame = at }
end

-- There is no edit call: a marker is deleted and added again, and put back as it was where the new one is refused.
local function writeMarks(item, marks, was, dirty)
  for frame in pairs(dirty) do
    local had = was[frame]
    if had then ask(item, "DeleteMarkerAtFrame", frame) end
    if #marks[frame] > 0 and not addMarker(item, frame, marks[frame]) and had then addMarker(item, frame, had) end
  end
end

-- A note that Baton is about to take away and put back must not be told for deleted by a person, should the run die there.
local function forgetMarks(entry, was, dirty)
  local any = false
  for frame in pairs(dirty) do
    for _, note in ipairs(was[frame] or {}) do
      wrote(entry)["marker " .. note.token], any = nil, true
    end
  end
  if any then saveWrote(entry) end
end

local function reportMarks(item, notes, now, num, den)
  for _, entry in ipairs(notes) do
    local frame, _, note = findMark(now, entry.note.token)
    local ok = note and frame == entry.frame and not isChanged(note, entry.note)
    local gone = entry.step.kind == "remove-marker"
    if gone then ok = not note end
    local old = entry.old and {
      marker = { id = entry.step.markerId, frame = entry.old.frame, duration = entry.old.note.duration,
        rate = { num = num or entry.step.num, den = den or entry.step.den, drop = false }, name = entry.old.note.name,
        comment = entry.old.note.note, colour = job.markers[entry.old.note.colour] or "blue" },
    } or nil
    local reason = not gone and entry.note.aside or nil
    if gone and not ok then
      reason = "Resolve did not take the marker away"
    elseif not ok then
      reason = note and "the marker reads back differently"
        or string.format("Resolve did not take the marker at frame %.0f; the clip has %s frames", entry.frame,
          property(item, "Frames"))
    end
    report(entry.step, ok and "verified" or not gone and note and "unverified" or "failed", reason, old, item)
  end
end

local function setMarkers(entry, wanted)
  local item = entry.item
  local num, den = itemRate(item)
  local markers = list(ask(item, "GetMarkers"))
  local was, marks, dirty, notes = readMarks(markers), readMarks(markers), {}, {}
  for _, step in ipairs(wanted) do
    local change = step.kind == "remove-marker" and takeNote or placeNote
    local note, frame, old = change(step, entry, marks, dirty, num, den)
    if note then
      notes[#notes + 1] = { step = step, note = note, frame = frame, old = old }
    else
      leave(step, "this note was " .. frame .. " in Resolve; left so", item)
    end
  end
  forgetMarks(entry, was, dirty)
  writeMarks(item, marks, was, dirty)
  local now = next(dirty) and readMarks(list(ask(item, "GetMarkers"))) or marks
  for frame, here in pairs(now) do
    for _, note in ipairs(here or {}) do
      local name = "marker " .. note.token
      if dirty[frame] or not wrote(entry)[name] then wrote(entry)[name] = string.format("%.0f", frame) end
    end
  end
  reportMarks(item, notes, now, num, den)
end

local function markAll()
  local order, byClip = {}, {}
  local function gather(step)
    local entry = find(step)
    if not entry then return end
    if not byClip[step.clip] then
      byClip[step.clip] = { entry = entry, steps = {} }
      order[#order + 1] = byClip[step.clip]
    end
    table.insert(byClip[step.clip].steps, step)
  end
  each("add-marker", gather)
  each("update-marker", gather)
  each("remove-marker", gather)
  for _, wanted in ipairs(order) do setMarkers(wanted.entry, wanted.steps) end
end

-- Linking sound to its picture by timecode, where the job asks for it (19.1 and up). There is no way to unlink by script, and
-- the answer of AutoSyncAudio says nothing: what the picture says of itself before and after is what counts.

-- Only live constants are taken; a name or a number known by heart makes the whole call fail in silence.
local function syncSettings()
  local settings = {}
  local function set(key, value)
    local ok, live = pcall(function() return editor[key] end)
    if not ok or type(live) ~= "number" then return false end
    settings[live] = value
    return true
  end
  local ok, mode = pcall(function() return editor.AUDIO_SYNC_TIMECODE end)
  if not ok or type(mode) ~= "number" or not set("AUDIO_SYNC_MODE", mode) then return nil end
  set("AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO", true)
  set("AUDIO_SYNC_RETAIN_VIDEO_METADATA", true)
  return settings
end

local function syncOne(pair, settings)
  local picture = find({ clip = pair.clip })
  local items = { picture and picture.item }
  for _, clip in ipairs(pair.sound) do
    local sound = find({ clip = clip })
    if sound then items[#items + 1] = sound.item end
  end
  if not picture or #items < 2 then return "skipped", "its picture or its sound is not in the project" end
  local before = property(picture.item, "Synced Audio")
  if before ~= "" then return "verified", "it is linked to " .. before .. " already" end
  ask(pool, "AutoSyncAudio", items, settings)
  local after = property(picture.item, "Synced Audio")
  if after == "" then return "failed", "Resolve linked no sound and gives no reason" end
  return "verified", "linked to " .. after
end

local function syncAll()
  if not job.sync then return end
  local settings = has(pool, "AutoSyncAudio") and syncSettings() or nil
  for _, pair in ipairs(unchunk(job.sync)) do
    local result, reason = "skipped", "this Resolve syncs no sound for a script; it can from 19.1 on"
    if settings then result, reason = syncOne(pair, settings) end
    synced[#synced + 1] = { clip = clips[pair.clip].id, path = clips[pair.clip].path, result = result, reason = reason }
  end
end

-- What a person sees: a bin at the top of the Media Pool, because output and dialogs do not show in Free 21.1.

local function holdsNoClip(folder)
  for _, sub in ipairs(list(ask(folder, "GetSubFolderList"))) do
    if not holdsNoClip(sub) then return false end
  end
  return #list(ask(folder, "GetClipList")) == 0
end

local MOST_LINES = 12

-- A bin cannot be renamed: the old result is taken away, where it still is an empty bin, and a new one made, with one bin
-- inside for each problem.
local function showResult(headline, lines)
  local function name(text)
    text = text:gsub("%c+", " ")
    return #text <= 240 and text or text:sub(1, 237):gsub("[\192-\255][\128-\191]*$", "") .. "..."
  end
  local wanted, old = { name(headline) }, {}
  for place, line in ipairs(lines) do
    if place <= MOST_LINES then wanted[#wanted + 1] = name(line) end
  end
  if #lines > MOST_LINES then wanted[#wanted + 1] = string.format("%d more: see the receipt", #lines - MOST_LINES) end
  for _, sub in ipairs(list(ask(root, "GetSubFolderList"))) do
    if tostring(ask(sub, "GetName")):sub(1, 7) == "Baton: " and holdsNoClip(sub) then old[#old + 1] = sub end
  end
  local there = { old[1] and ask(old[1], "GetName") }
  for _, sub in ipairs(list(ask(old[1], "GetSubFolderList"))) do there[#there + 1] = ask(sub, "GetName") end
  if #old == 1 and table.concat(there, "\0") == table.concat(wanted, "\0") then return true end
  if #old > 0 then ask(pool, "DeleteFolders", old) end
  local bin = ask(pool, "AddSubFolder", root, wanted[1])
  for place = 2, #wanted do ask(pool, "AddSubFolder", bin, wanted[place]) end
  return bin ~= nil
end

-- Whether anything may be done here, and how the phases are walked.

-- A project's rate cannot change once it has a timeline, and sound imported at another rate keeps that rate for ever.
local function rateProblem()
  if not job.rate then return nil end
  local function now() return tonumber(tostring(ask(project, "GetSetting", "timelineFrameRate")):match("^[%d.]+")) end
  local function right() return now() and math.abs(now() - tonumber(job.rate)) < 0.01 end
  if right() then return nil end
  if (ask(project, "GetTimelineCount") or 0) == 0 then
    ask(project, "SetSetting", "timelineFrameRate", job.rateSetting)
    if right() then return nil end
  end
  return "this project runs at " .. tostring(now()) .. " and the handoff at " .. job.rateSetting
    .. "; Resolve fixes a project's rate once it is in use. Open a new project and run " .. SCRIPT .. " there"
end

-- Why nothing may be done here; nil where all is well.
local function refusal()
  if ask(editor, "GetCurrentPage") == nil or not root then
    return "Resolve is not answering: a dialog or the Project Manager is open. Close it and run " .. SCRIPT .. " again"
  end
  if job.projectId and job.projectId ~= ask(project, "GetUniqueId") then
    return "the job was made for the project " .. tostring(job.projectName) .. " and " .. tostring(ask(project, "GetName"))
      .. " is open"
  end
  return not job.reverts and rateProblem() or nil
end

local function onClips(kind, run)
  each(kind, function(step)
    local entry = find(step)
    if entry then run(step, entry) end
  end)
end

local function saveAllWrote()
  for _, step in ipairs(steps) do
    local entry = step.clip and find(step)
    if entry and not entry.gone then saveWrote(entry) end
  end
end

-- What is about to be made, so that a run that dies in the middle of it leaves word of what may be there.
local function notePending()
  local function note(step)
    if step.kind == "make-bin" and not bins[binKey(step.bin)] or step.kind == "import" and not find(step) then
      pending[step.id] = true
    end
  end
  for _, step in ipairs(steps) do note(step) end
end

-- Carries the job out, and keeps the receipt after every phase; a sentence where it stopped before the end.
local function carryOut(phases, keep)
  local refused = refusal()
  if refused then return refused end
  walk(root, {})
  findByBatonId()
  notePending()
  if next(pending) then keep() end
  local id = ask(project, "GetUniqueId")
  for _, phase in ipairs(phases) do
    if ask(openProject(), "GetUniqueId") ~= id then
      return "another project was opened; run " .. SCRIPT .. " again in the first"
    end
    if ask(editor, "GetCurrentPage") == nil then
      return "a dialog was opened. Close it and run " .. SCRIPT .. " again"
    end
    local before = told
    phase()
    if told > before then keep() end
  end
end

-- What became of the job, in words and as the receipt.

-- A step's result so far; `stopped` says why the run ended before it, `unsure` that nobody will know what was begun.
local function outcome(step, stopped, unsure)
  if results[step.id] then return results[step.id] end
  if unsure and pending[step.id] then
    return { result = "unverified", reason = "Resolve ended while it was being made" }
  end
  local gone = step.clip and not find(step)
  local reason = gone and "its clip is not in the project" or "an earlier phase ended it"
  return { result = "skipped", reason = stopped or reason, left = gone and job.reverts and not stopped or nil }
end

local function summary(stopped)
  local counts, lines = { verified = 0, unverified = 0, failed = 0, skipped = 0, left = 0 }, {}
  for _, step in ipairs(steps) do
    local clip, result = clips[step.clip], outcome(step, stopped)
    local count = result.left and "left" or result.result
    counts[count] = counts[count] + 1
    local said = count ~= "verified" and count ~= "left" and result.reason ~= stopped
    if said or job.reverts and count == "left" and result.reason then
      lines[#lines + 1] = (clip and baseName(clip.path) .. ": " or "") .. step.kind .. " "
        .. (count == "left" and "left" or result.result) .. ": " .. tostring(result.reason)
    end
  end
  for _, one in ipairs(synced) do
    if one.result ~= "verified" then lines[#lines + 1] = baseName(one.path) .. ": sync " .. one.result .. ": " .. one.reason end
  end
  local headline = "Baton: " .. (job and job.title or "no job") .. (JOB == "revert" and ": taken back" or "")
  if stopped then return headline .. ": STOPPED: " .. stopped, lines end
  headline = string.format("%s: %d of %d steps done", headline, counts.verified, #steps)
  for _, kind in ipairs({ "failed", "unverified", "skipped" }) do
    if counts[kind] > 0 then headline = string.format("%s, %d %s", headline, counts[kind], kind) end
  end
  if counts.left > 0 then headline = string.format("%s, %d left as you have them", headline, counts.left) end
  return headline, lines
end

-- No two runs may share an id, even within a second: the clock that Fusion has is finer than Lua's.
local function newId()
  local ok, now = pcall(function() return bmd.gettime() end)
  local fine = ok and tonumber(now) or os.clock()
  local address = tostring({}):match("(%x+)$") or "0"
  return string.format("resolve-%s-%.0f-%06.0f-%s", JOB, os.time(), (fine * 1000000) % 1000000, address:sub(-4))
end

local function receiptText(id, stopped, unsure)
  local parts = {}
  for _, step in ipairs(steps) do
    local result = outcome(step, stopped, unsure)
    local own = { id = step.id, result = result.result, reason = result.reason, before = result.before,
      item = result.item, found = result.found, left = result.left }
    parts[#parts + 1] = step.as:sub(1, -2) .. "," .. json(own):sub(2)
  end
  return json({
    kind = "receipt",
    version = 1,
    id = id,
    plan = job.manifest,
    reverts = job.reverts,
    host = { editor = "resolve", editorVersion = tostring(ask(editor, "GetVersionString")), adapter = "lua" },
    project = { id = tostring(ask(project, "GetUniqueId")), name = tostring(ask(project, "GetName")) },
    at = os.date("!%Y-%m-%dT%H:%M:%SZ"),
    stopped = stopped,
    synced = #synced > 0 and synced or nil,
  }):sub(1, -2) .. ',"steps":[\n' .. table.concat(parts, ",\n") .. "]}\n"
end

-- One run, from the job file to the result that a person sees.
local function run(phases)
  local folder = openSession()
  local path, stopped
  job, path, stopped = loadJob()
  if not editor then stopped = NOT_FOUND end
  if job then steps, clips = unchunk(job.steps), unchunk(job.clips) end
  local id, stem = newId(), job and freeStem(path:gsub("%.lua$", "") .. ".receipt")
  local function keep()
    keepText(stem, "Baton.Receipt", receiptText(id, "Resolve ended before the job did", true))
  end
  if not stopped then
    local ok, answer = pcall(carryOut, phases, keep)
    stopped = answer
    if not ok then stopped = SCRIPT .. " failed: " .. tostring(answer) end
  end
  local headline, lines = summary(stopped)
  local kept = job and editor and keepText(stem, "Baton.Receipt", receiptText(id, stopped))
  showResult(headline, lines)
  restoreBin(folder)
  print(headline)
  if job then print(string.format("Job: %s, made from revision %.0f of the handoff", path, job.revision)) end
  for _, line in ipairs(lines) do print("  " .. line) end
  if kept then print("Receipt: " .. kept) end
end

local function main(phases)
  local ok, failure = pcall(run, phases)
  if ok then return end
  print(SCRIPT .. " failed: " .. tostring(failure))
  showResult("Baton: failed: " .. tostring(failure), {})
end

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
