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

local KINDS = { Timeline = "nested", Compound = "nested", Multicam = "multicam" }
local MARKER_COLOURS = { Green = "green", Red = "red", Purple = "purple", Sand = "orange", Yellow = "yellow",
  Cream = "white", Blue = "blue", Cyan = "cyan" }

local function orNull(value)
  if value == nil or value == "" then return NULL end
  return value
end

-- Markers of a clip or a timeline, in order; one that Baton's panel keeps while it rewrites others is none.
local function markersOf(object)
  local markers = {}
  for frame, marker in pairs(list(ask(object, "GetMarkers"))) do
    if tonumber(frame) and type(marker) == "table" and tostring(marker.customData or ""):sub(1, 6) ~= "spare:" then
      markers[#markers + 1] = {
        frame = tonumber(frame),
        duration = math.max(1, tonumber(marker.duration) or 1),
        name = tostring(marker.name or ""),
        comment = tostring(marker.note or ""),
        colour = MARKER_COLOURS[tostring(marker.color or "")] or "blue",
      }
    end
  end
  table.sort(markers, function(a, b) return a.frame < b.frame end)
  return markers
end

local described = {}

-- Kind, rate and everything of a source but the part that is used; no rate where Resolve gives it none.
local function describe(clip)
  local id = tostring(ask(clip, "GetUniqueId"))
  if described[id] then return described[id] end
  local all = ask(clip, "GetClipProperty")
  if type(all) ~= "table" then all = {} end
  local function value(name) return tostring(all[name] or "") end
  -- A sound file has no rate: Resolve gave it the project's at import, for ever.
  local rate = exactRate(all.FPS, value("Drop frame") == "1")
  local baton = has(clip, "GetThirdPartyMetadata") and ask(clip, "GetThirdPartyMetadata", "baton.id")
  local frames = tonumber(value("Frames"))
  local entry = {
    kind = rate and (KINDS[value("Type")] or "clip") or "unknown",
    rate = rate,
    sound = value("Type") == "Audio",
    hertz = tonumber(value("Sample Rate"):match("^%d+")) or 48000,
    markers = {},
    source = {
      -- An image sequence is known by its first frame.
      file = orNull((value("File Path"):gsub("%[(%d+)%-%d+%](%.[^./\\]+)$", "%1%2"))),
      name = value("Clip Name") ~= "" and value("Clip Name") or value("File Name"),
      clip = type(baton) == "string" and baton ~= "" and baton or nil,
      reel = value("Reel Name") ~= "" and value("Reel Name") or nil,
      rate = rate,
      start = orNull(rate and labelFrame(all["Start TC"], rate)),
      duration = orNull(frames and frames > 0 and frames or rate and labelFrame(all.Duration, rate)),
    },
  }
  if rate and not entry.sound then entry.markers = markersOf(clip) end
  described[id] = entry
  return entry
end

-- One item of a track: its place, its source span and its speed, as far as this version of Resolve says.

-- A fraction in lowest terms, so that what is multiplied stays exact in a double.
local function ratio(top, bottom)
  local a, b = math.abs(top), bottom
  while b > 0 do a, b = b, a % b end
  if a == 0 then a = 1 end
  return { num = top / a, den = bottom / a }
end

-- Frames of the media that one frame of the timeline takes at full speed.
local function perFrame(rate, line) return ratio(rate.num * line.den, rate.den * line.num) end

-- What GetSourceStartFrame and GetSourceEndFrame say: lowest frame, end exclusive, whether backwards. nil where they say
-- nothing (before 19.0.2) or do not know (0 and 0). The end is exclusive where media and timeline run alike, also downwards,
-- else inclusive.
local function saidSpan(item, alike)
  if not has(item, "GetSourceStartFrame") then return nil end
  local from, to = tonumber(ask(item, "GetSourceStartFrame")), tonumber(ask(item, "GetSourceEndFrame"))
  if not from or not to or (from == 0 and to == 0) then return nil end
  if from > to then return alike and to + 1 or to, from + 1, true end
  return from, alike and to or to + 1, false
end

-- From 21.1 on Resolve says the speed; before, the span does, to a frame: the whole per cent that fits, else the ratio. nil
-- where neither is known.
local function speedOf(item, length, full, alike, from, to, backwards)
  local said = has(item, "GetSpeed") and ask(item, "GetSpeed")
  local percent = type(said) == "table" and tonumber(said.Percentage)
  local sign = (backwards or percent and percent < 0) and -1 or 1
  if percent then
    local speed = ratio(math.floor(math.abs(percent) * 10000 + 0.5), 1000000)
    return { num = sign * speed.num, den = speed.den }
  end
  if not from then return nil end
  -- One frame and nothing after it stands still. One that is all there is plays, and its start may be one off.
  local frames, top = to - from, length * full.num
  if not backwards and frames == (alike and 0 or 1) then return { num = length > 1 and 0 or 1, den = 1 } end
  -- A start that is one off, and half a frame of rounding where the rates differ, are no retime.
  local slack = alike and full.den or full.den * 1.5
  if math.abs(frames * full.den - top) <= slack then return { num = sign, den = 1 } end
  local whole = nearest(frames * full.den * 100, top)
  local fits = whole > 0 and math.abs(whole * top - frames * full.den * 100) <= full.den * 100
  local speed = fits and ratio(whole, 100) or ratio(frames * full.den, top)
  return { num = sign * speed.num, den = speed.den }
end

-- Source in and out (exclusive) at the media's rate, speed, and whether it runs at full speed. There the left offset is exact,
-- and GetSourceStartFrame may be one off; retimed, the left offset counts in the retimed clip, and only the span says where.
local function played(item, track, rate, line, length)
  local full = perFrame(rate, line)
  local alike = full.num == full.den
  local from, to, backwards = saidSpan(item, alike)
  local speed = speedOf(item, length, full, alike, from, to, backwards)
  local function spans(by)
    local one = ratio(full.num * math.abs(by.num), full.den * by.den)
    return math.max(1, nearest(length * one.num, one.den))
  end
  local left = tonumber(ask(item, "GetLeftOffset"))
  local offset = left or from or 0
  if not speed or speed.num == speed.den then
    local at = track == "audio" and nearest(offset * full.num, full.den) or offset
    return at, at + spans({ num = 1, den = 1 }), speed, left
  end
  if speed.num == 0 then return from or offset, (from or offset) + 1, speed end
  local low = from or nearest(offset * math.abs(speed.num), speed.den)
  return low, low + spans(speed), speed
end

-- Sound has no frames: its offset in timeline frames is an exact number of samples. `left` is nil where it is retimed.
local function inSamples(source, entry, left, line, length)
  local function samples(frames, rate) return nearest(frames * entry.hertz * rate.den, rate.num) end
  local rate, full = source.rate, left ~= nil
  local from = full and samples(left, line) or samples(source["in"], rate)
  local to = full and from + samples(length, line) or samples(source.out, rate)
  source["in"], source.out, source.rate = from, to, { num = entry.hertz, den = 1, drop = false }
  if source.start ~= NULL then source.start = samples(source.start, rate) end
  if source.duration ~= NULL then source.duration = samples(source.duration, rate) end
end

-- Transitions are items with no clip and, before 21.1 says so, no property at all.
local function isTransition(item, clip)
  if clip then return false end
  if has(item, "GetType") then return ask(item, "GetType") == "transition" end
  local properties = ask(item, "GetProperty")
  return type(properties) == "table" and next(properties) == nil
end

-- `from` and `to` are frames from the timeline's first.
local function itemOf(item, clip, track, line, from, to)
  local entry = clip and describe(clip)
  local made = {
    id = tostring(ask(item, "GetUniqueId")),
    kind = entry and entry.kind or "title",
    name = tostring(ask(item, "GetName") or ""),
    ["in"] = from,
    out = to,
    source = NULL,
    speed = { num = 1, den = 1 },
    enabled = ask(item, "GetClipEnabled") ~= false,
  }
  if not entry or not entry.rate then return made end
  local source, left = {}, nil
  for name, value in pairs(entry.source) do source[name] = value end
  source["in"], source.out, made.speed, left = played(item, track, entry.rate, line, to - from)
  if entry.sound then inSamples(source, entry, left, line, to - from) end
  made.source, made.speed = source, made.speed or NULL
  if #entry.markers > 0 then made.markers = entry.markers end
  return made
end

-- A whole timeline as a sequence snapshot.

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
    local from, to = tonumber(ask(item, "GetStart")), tonumber(ask(item, "GetEnd"))
    local clip = ask(item, "GetMediaPoolItem")
    -- Where Resolve lists an item and knows neither end of it, there is none.
    if from and to and isTransition(item, clip) then
      local name = tostring(ask(item, "GetName") or "")
      track.transitions[#track.transitions + 1] = { ["in"] = from - first, out = to - first, name = name }
    elseif from and to then
      local made = itemOf(item, clip, kind, line, from - first, to - first)
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
  local line = exactRate(ask(timeline, "GetSetting", "timelineFrameRate"), drop)
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
