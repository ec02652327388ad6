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
