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
