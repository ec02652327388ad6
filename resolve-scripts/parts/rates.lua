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
