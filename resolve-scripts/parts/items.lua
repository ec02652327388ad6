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
  -- Where a clip that runs backwards or stands still begins, only the span says.
  if speed and speed.num <= 0 and not from then speed = nil end
  if not speed or speed.num == speed.den then
    local at = track == "audio" and nearest(offset * full.num, full.den) or offset
    return at, at + spans({ num = 1, den = 1 }), speed, left
  end
  if speed.num == 0 then return from, from + 1, speed end
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
