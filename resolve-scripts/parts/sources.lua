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
