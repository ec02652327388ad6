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
