-- Baton Read All Timelines: reads every timeline of the project open in DaVinci Resolve 18.5 or later, Free or Studio, and
-- leaves each as a sequence snapshot for `baton cut MANIFEST --sequence FILE`. Run from Workspace > Scripts.

local SCRIPT, EVERY = "Baton Read All Timelines", true

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
  local hex = text:gsub(".", function(c) return string.format("%02x", c:byte()) end)
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

-- Rates and timecode, in whole numbers: Resolve's floats stand for exact rates, and a double holds every frame count exactly.

-- The exact rate behind a float: whole, or whole x 1000/1001, or what it says to the thousandth; nil where it is none.
local function exactRate(value, drop)
  local fps = tonumber(tostring(value or ""):match("[%d.]+"))
  if not fps or fps <= 0 then return nil end
  local whole = math.floor(fps + 0.5)
  if math.abs(fps - whole) < 0.001 then return { num = whole, den = 1, drop = false } end
  if math.abs(fps - whole * 1000 / 1001) < 0.005 then
    local may = whole % 30 == 0 and whole <= 120
    return { num = whole * 1000, den = 1001, drop = may and drop or false }
  end
  local top, bottom = math.floor(fps * 1000 + 0.5), 1000
  local a, b = top, bottom
  while b > 0 do a, b = b, a % b end
  return { num = top / a, den = bottom / a, drop = false }
end

local function nominal(rate) return math.floor(rate.num / rate.den + 0.5) end

-- The nearest whole number to top/bottom; halves go up.
local function nearest(top, bottom) return math.floor((top * 2 + bottom) / (bottom * 2)) end

-- Frames of one rate in frames of another, the nearest.
local function convert(frames, from, to) return nearest(frames * from.den * to.num, from.num * to.den) end

-- A timecode label as a frame count; nil where it is none. A rate with `drop` skips its addresses.
local function labelFrame(text, rate)
  local h, m, s, f = tostring(text or ""):match("^(%d+)[:;](%d+)[:;](%d+)[:;.](%d+)$")
  if not h then return nil end
  h, m, s, f = tonumber(h), tonumber(m), tonumber(s), tonumber(f)
  local base, minutes = nominal(rate), h * 60 + m
  local frame = (minutes * 60 + s) * base + f
  if rate.drop then frame = frame - base / 15 * (minutes - math.floor(minutes / 10)) end
  return frame
end

-- Where an item's picture or sound comes from: the clip behind it, described once however often it is cut in.

local KINDS = { Timeline = "nested", Compound = "nested", ["Compound Clip"] = "nested", Multicam = "multicam" }

local function orNull(value)
  if value == nil or value == "" then return NULL end
  return value
end

local described = {}

-- Kind, rate and everything of a source but the part that is used. `fallback` is the timeline's rate.
local function describe(clip, fallback)
  local id = tostring(ask(clip, "GetUniqueId"))
  if described[id] then return described[id] end
  local all = ask(clip, "GetClipProperty")
  if type(all) ~= "table" then all = {} end
  local function value(name) return tostring(all[name] or "") end
  -- A sound file has no rate: Resolve gave it the project's at import, for ever.
  local rate = exactRate(all.FPS, value("Drop frame") == "1" or value("Start TC"):find(";", 1, true) ~= nil) or fallback
  local file = value("File Path")
  local baton = has(clip, "GetThirdPartyMetadata") and ask(clip, "GetThirdPartyMetadata", "baton.id")
  if type(baton) == "table" then baton = baton["baton.id"] end
  local reel = value("Reel Name") ~= "" and value("Reel Name") or value("Roll/Card")
  local name = value("Clip Name") ~= "" and value("Clip Name") or value("File Name")
  local entry = {
    kind = KINDS[value("Type")] or (file ~= "" and "clip" or "unknown"),
    rate = rate,
    source = {
      file = orNull(file),
      name = name ~= "" and name or tostring(ask(clip, "GetName") or ""),
      clip = type(baton) == "string" and baton ~= "" and baton or nil,
      reel = reel ~= "" and reel or nil,
      rate = rate,
      start = orNull(labelFrame(all["Start TC"], rate)),
      duration = orNull(tonumber(value("Frames")) or labelFrame(all.Duration, rate)),
    },
  }
  described[id] = entry
  return entry
end

-- One item of a track: its place, its source span and its speed, as far as this version of Resolve says.

-- Per cent that a person sets are whole or have few decimals: the roundest that fits the frames is meant.
local ROUND = { 1, 2, 4, 5, 10, 100, 1000 }

local function ratio(top, bottom)
  local a, b = math.abs(top), bottom
  while b > 0 do a, b = b, a % b end
  return { num = top / a, den = bottom / a }
end

-- The speed at which `span` source frames fill `whole` (what 100 % would take), both of the media; one frame may be rounding.
local function fittedSpeed(span, whole)
  if whole == 0 then return nil end
  if math.abs(span - whole) <= 1 then return { num = 1, den = 1 } end
  for _, part in ipairs(ROUND) do
    local percent = nearest(span * 100 * part, whole)
    if percent > 0 and math.abs(percent * whole / (100 * part) - span) <= 0.5 then return ratio(percent, 100 * part) end
  end
  return ratio(span, whole)
end

-- From 21.1 on Resolve says the speed. Thirds are written with as many decimals as a float has.
local function saidSpeed(item)
  local said = has(item, "GetSpeed") and ask(item, "GetSpeed")
  local percent = type(said) == "table" and tonumber(said.Percentage)
  if not percent then return nil end
  if percent == 0 then return { num = 0, den = 1 } end
  local sign = percent < 0 and -1 or 1
  for _, den in ipairs({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 1000 }) do
    local top = math.floor(math.abs(percent) * den + 0.5)
    if math.abs(top / den - math.abs(percent)) < 0.00001 * math.abs(percent) then return ratio(sign * top, den * 100) end
  end
  return ratio(sign * math.floor(math.abs(percent) * 10000 + 0.5), 1000000)
end

-- What GetSourceStartFrame and GetSourceEndFrame say: first frame, end exclusive, whether backwards. nil where they say
-- nothing (before 19.0.2) or do not know (0 and 0). The end is inclusive where the rates differ.
local function saidSpan(item, rate, line)
  local from, to = tonumber(ask(item, "GetSourceStartFrame")), tonumber(ask(item, "GetSourceEndFrame"))
  if not from or not to or (from == 0 and to == 0) then return nil end
  local backwards = from > to
  if backwards then from, to = to, from end
  local same = rate.num * line.den == line.num * rate.den
  return from, same and to or to + 1, backwards
end

-- Source in, out (exclusive) and speed at the media's rate. At 100 % the left offset is exact, and GetSourceStartFrame may be
-- one off; retimed, the left offset counts in the retimed clip, and only the source frames say where it plays.
local function sourceSpan(item, track, rate, line)
  local length = (tonumber(ask(item, "GetEnd")) or 0) - (tonumber(ask(item, "GetStart")) or 0)
  local whole = convert(length, line, rate)
  local left = tonumber(ask(item, "GetLeftOffset")) or 0
  if track == "audio" then left = convert(left, line, rate) end
  local speed = saidSpeed(item)
  local from, to, backwards = saidSpan(item, rate, line)
  if not speed and from then
    speed = fittedSpeed(to - from, whole)
    if speed and backwards then speed.num = -speed.num end
  end
  if not speed and not has(item, "GetSourceStartFrame") then speed = { num = 1, den = 1 } end
  if speed and speed.num == speed.den then return left, left + whole, speed end
  if from and not (speed and speed.num == 0) then
    -- The span is what the speed says, so that an end that is one off does not come along.
    local span = speed and nearest(whole * math.abs(speed.num), speed.den) or to - from
    return from, from + span, speed
  end
  if speed and speed.num == 0 then return from or left, (from or left) + 1, speed end
  if speed then
    local at = nearest(left * math.abs(speed.num), speed.den)
    return at, at + nearest(whole * math.abs(speed.num), speed.den), speed
  end
  return left, left + whole, nil
end

-- Transitions are items with no clip and, before 21.1 says so, no property at all.
local function isTransition(item, clip)
  local said = has(item, "GetType") and ask(item, "GetType")
  if type(said) == "string" then return said == "transition" end
  local properties = not clip and ask(item, "GetProperty")
  return type(properties) == "table" and next(properties) == nil
end

local function itemOf(item, clip, track, line, first)
  local entry = clip and describe(clip, line)
  local kind = entry and entry.kind or "title"
  local name = tostring(ask(item, "GetName") or "")
  if not entry and name:lower():find("adjustment", 1, true) then kind = "adjustment" end
  local enabled = ask(item, "GetClipEnabled")
  local made = {
    id = tostring(ask(item, "GetUniqueId")),
    kind = kind,
    name = name,
    ["in"] = (tonumber(ask(item, "GetStart")) or 0) - first,
    out = (tonumber(ask(item, "GetEnd")) or 0) - first,
    source = NULL,
    speed = entry and NULL or { num = 1, den = 1 },
    enabled = enabled ~= false,
  }
  if entry then
    local source, from, to, speed = {}, sourceSpan(item, track, entry.rate, line)
    for name, value in pairs(entry.source) do source[name] = value end
    source["in"], source.out = from, to
    made.source, made.speed = source, speed or NULL
  end
  return made
end

-- A whole timeline as a sequence snapshot.

local MARKER_COLOURS = { Sand = "orange", Cream = "white" }

local function markersOf(timeline)
  local markers = {}
  for frame, marker in pairs(list(ask(timeline, "GetMarkers"))) do
    if tonumber(frame) and type(marker) == "table" then
      local colour = tostring(marker.color or "")
      markers[#markers + 1] = {
        frame = tonumber(frame),
        duration = math.max(1, tonumber(marker.duration) or 1),
        name = tostring(marker.name or ""),
        comment = tostring(marker.note or ""),
        colour = MARKER_COLOURS[colour] or colour:lower(),
      }
    end
  end
  table.sort(markers, function(a, b) return a.frame < b.frame end)
  return markers
end

-- A number from 1 for each group of linked items, in the order in which they stand.
local function linkItems(linked)
  local numbers, last = {}, 0
  for _, one in ipairs(linked) do
    local number = numbers[one.made.id]
    for _, id in ipairs(one.others) do number = number or numbers[id] end
    if #one.others > 0 then
      if not number then last = last + 1 end
      number = number or last
      numbers[one.made.id] = number
      for _, id in ipairs(one.others) do numbers[id] = numbers[id] or number end
    end
  end
  for _, one in ipairs(linked) do one.made.link = numbers[one.made.id] end
end

local function othersOf(item, id)
  local others = {}
  for _, other in ipairs(list(has(item, "GetLinkedItems") and ask(item, "GetLinkedItems"))) do
    local otherId = tostring(ask(other, "GetUniqueId"))
    if otherId ~= id then others[#others + 1] = otherId end
  end
  return others
end

local function byIn(a, b)
  if a["in"] ~= b["in"] then return a["in"] < b["in"] end
  return a.out < b.out
end

local function trackOf(timeline, kind, index, line, first, linked)
  local track = { type = kind, index = index, name = tostring(ask(timeline, "GetTrackName", kind, index) or ""),
    enabled = ask(timeline, "GetIsTrackEnabled", kind, index) ~= false, items = {}, transitions = {} }
  for _, item in ipairs(list(ask(timeline, "GetItemListInTrack", kind, index))) do
    local clip = ask(item, "GetMediaPoolItem")
    if isTransition(item, clip) then
      track.transitions[#track.transitions + 1] = {
        ["in"] = (tonumber(ask(item, "GetStart")) or 0) - first,
        out = (tonumber(ask(item, "GetEnd")) or 0) - first,
        name = tostring(ask(item, "GetName") or ""),
      }
    else
      local made = itemOf(item, clip, kind, line, first)
      track.items[#track.items + 1] = made
      linked[#linked + 1] = { made = made, others = othersOf(item, made.id) }
    end
  end
  table.sort(track.items, byIn)
  table.sort(track.transitions, byIn)
  return track
end

local function sizeOf(timeline)
  local width = tonumber(ask(timeline, "GetSetting", "timelineResolutionWidth"))
  local height = tonumber(ask(timeline, "GetSetting", "timelineResolutionHeight"))
  if not width or not height or width <= 0 or height <= 0 then return NULL end
  return { width = width, height = height }
end

-- The snapshot, and how many items it has; nil and why where the timeline does not say its rate.
local function readTimeline(timeline)
  local drop = tostring(ask(timeline, "GetSetting", "timelineDropFrameTimecode")) == "1"
  local label = tostring(ask(timeline, "GetStartTimecode") or "")
  local line = exactRate(ask(timeline, "GetSetting", "timelineFrameRate"), drop or label:find(";", 1, true) ~= nil)
  if not line then return nil, "Resolve does not say its rate" end
  local first = tonumber(ask(timeline, "GetStartFrame")) or 0
  local tracks, linked = {}, {}
  for _, kind in ipairs({ "video", "audio" }) do
    for index = 1, tonumber(ask(timeline, "GetTrackCount", kind)) or 0 do
      tracks[#tracks + 1] = trackOf(timeline, kind, index, line, first, linked)
    end
  end
  linkItems(linked)
  return {
    kind = "sequence",
    version = 1,
    editor = "resolve",
    editorVersion = tostring(ask(editor, "GetVersionString") or ""),
    id = tostring(ask(timeline, "GetUniqueId")),
    name = tostring(ask(timeline, "GetName")),
    rate = line,
    start = labelFrame(label, line) or first,
    size = sizeOf(timeline),
    tracks = tracks,
    markers = markersOf(timeline),
  }, #linked
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

-- The run: the open timeline or every one, each to a file of its own, and the result where a person sees it.

local function timelines()
  if not EVERY then return { ask(project, "GetCurrentTimeline") } end
  local all = {}
  for number = 1, tonumber(ask(project, "GetTimelineCount")) or 0 do
    all[#all + 1] = ask(project, "GetTimelineByIndex", number)
  end
  return all
end

-- A file name that every system takes: letters beyond ASCII are bytes that Windows reads otherwise.
local function fileName(text)
  local plain = text:gsub("[^%w_.-]+", "_"):sub(1, 60)
  return plain:gsub("^[_.]+", ""):gsub("[_.]+$", "")
end

local function keepTimeline(timeline)
  local name = tostring(ask(timeline, "GetName"))
  local read, items = readTimeline(timeline)
  if not read then return name .. ": not read: " .. items end
  local place = homePlaces("timeline-" .. fileName(name))[1]
  local kept = place and keepText(freeStem(place), "Baton.Sequence", json(read) .. "\n")
  if not kept then return name .. ": read, and nowhere to leave it" end
  return string.format("%s: %d items on %d tracks: %s", name, items, #read.tracks, kept), true
end

local function run()
  local folder = openSession()
  local lines, done, stopped = {}, 0, nil
  if not editor then
    stopped = NOT_FOUND
  elseif ask(editor, "GetCurrentPage") == nil or not root then
    stopped = "Resolve is not answering: a dialog or the Project Manager is open. Close it and run " .. SCRIPT .. " again"
  else
    for _, timeline in ipairs(timelines()) do
      local ok, line, good = pcall(keepTimeline, timeline)
      lines[#lines + 1] = ok and line or "a timeline could not be read: " .. tostring(line)
      done = done + (ok and good and 1 or 0)
    end
    if #lines == 0 then stopped = "no timeline is open: open one on the Edit page and run " .. SCRIPT .. " again" end
  end
  local headline = "Baton: STOPPED: " .. tostring(stopped)
  if not stopped then headline = string.format("Baton: %d of %d timelines read", done, #lines) end
  showResult(headline, lines)
  restoreBin(folder)
  print(headline)
  for _, line in ipairs(lines) do print("  " .. line) end
end

local ok, failure = pcall(run)
if not ok then
  print(SCRIPT .. " failed: " .. tostring(failure))
  showResult("Baton: failed: " .. tostring(failure), {})
end
