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
