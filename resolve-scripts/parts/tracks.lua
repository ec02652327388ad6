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
