-- Taking away what Baton brought in: items that no timeline uses, and bins that are empty. Never the media.

-- Ids of the clips that lie on a timeline, with the timeline's name. Resolve takes a deleted clip out of every timeline.
local function usedOnTimelines()
  local used = {}
  for number = 1, tonumber(ask(project, "GetTimelineCount")) or 0 do
    local timeline = ask(project, "GetTimelineByIndex", number)
    if not timeline then return nil end
    for _, kind in ipairs({ "video", "audio" }) do
      for track = 1, tonumber(ask(timeline, "GetTrackCount", kind)) or 0 do
        for _, item in ipairs(list(ask(timeline, "GetItemListInTrack", kind, track))) do
          local clip = ask(item, "GetMediaPoolItem")
          local id = clip and ask(clip, "GetUniqueId")
          if id then used[id] = tostring(ask(timeline, "GetName")) end
        end
      end
    end
  end
  return used
end

-- Why an item stays; nil where it may go. `Usage` counts compound clips too, which the timelines do not show.
local function whyKept(step, entry, used)
  if binKey(entry.bin) ~= binKey(step.from) then return "moved to " .. binName(entry.bin) .. " since; it stays" end
  if not used then return "Resolve does not say what its timelines use; it stays" end
  local timeline = used[ask(entry.item, "GetUniqueId")]
  if timeline then return "the timeline " .. timeline .. " uses it; it stays" end
  if (tonumber(property(entry.item, "Usage")) or 0) > 0 then return "it is in use; it stays" end
end

local function idsIn(folder)
  local ids = {}
  for _, item in ipairs(list(ask(folder, "GetClipList"))) do ids[tostring(ask(item, "GetUniqueId"))] = true end
  return ids
end

local function removeItems()
  local used, going, byBin
  each("remove-item", function(step)
    local entry = find(step)
    if not entry then return end
    if not going then used, going, byBin = usedOnTimelines(), {}, {} end
    local why = whyKept(step, entry, used)
    if why then return leave(step, why, entry.item) end
    going[#going + 1] = { step = step, entry = entry, id = tostring(ask(entry.item, "GetUniqueId")) }
    byBin[binKey(entry.bin)] = entry.bin
  end)
  if not going or #going == 0 then return end
  local items, left = {}, {}
  for _, one in ipairs(going) do items[#items + 1] = one.entry.item end
  if not ask(pool, "DeleteClips", items) then
    for _, item in ipairs(items) do ask(pool, "DeleteClips", { item }) end
  end
  for key in pairs(byBin) do left[key] = idsIn(bins[key]) end
  for _, one in ipairs(going) do
    local there = left[binKey(one.entry.bin)][one.id]
    report(one.step, there and "failed" or "verified", there and "Resolve did not take it out of the project" or nil,
      { bin = one.entry.bin })
    results[one.step.id].item = one.id
    one.entry.gone = not there
  end
  -- What the job would take back on an item went with it.
  for _, step in ipairs(steps) do
    local entry = step.clip and not results[step.id] and find(step)
    if entry and entry.gone then report(step, "verified", "it went with its item") end
  end
end

local function removeBin(step)
  local folder, above = bins[binKey(step.bin)], {}
  if not folder then return report(step, "verified", "it is gone already", { bin = step.bin }) end
  local held = #list(ask(folder, "GetClipList")) + #list(ask(folder, "GetSubFolderList"))
  if held > 0 then return leave(step, "something lies in it; it stays") end
  ask(pool, "DeleteFolders", { folder })
  for place = 1, #step.bin - 1 do above[place] = step.bin[place] end
  local there = false
  for _, sub in ipairs(list(ask(bins[binKey(above)], "GetSubFolderList"))) do there = there or sub == folder end
  if not there then bins[binKey(step.bin)] = nil end
  report(step, there and "failed" or "verified", there and "Resolve did not take the bin away" or nil, { bin = step.bin })
end
