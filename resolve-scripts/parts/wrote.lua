-- What Baton keeps on a clip for itself (19.0.2 and up): its id, and what it wrote last, so that it knows a person's change
-- from its own.

-- Metadata of our own on a clip; "" where there is none.
local function thirdParty(item, name)
  local held = has(item, "GetThirdPartyMetadata") and ask(item, "GetThirdPartyMetadata", name)
  if type(held) == "table" then held = held[name] end
  return type(held) == "string" and held or ""
end

-- A clip relinked to another path is known by the id Baton left on it; asked for only when paths fail.
local function findByBatonId()
  local missing = false
  for _, step in ipairs(steps) do missing = missing or (step.clip and not find(step)) end
  if not missing then return end
  local known = {}
  for _, entries in pairs(found) do
    for _, entry in ipairs(entries) do
      local id = thirdParty(entry.item, job.idKey)
      if id ~= "" then known[#known + 1] = { "\0" .. id, entry } end
    end
  end
  for _, pair in ipairs(known) do remember(pair[1], pair[2].item, pair[2].bin) end
end

local function wrote(entry)
  if entry.wrote then return entry.wrote end
  entry.wrote, entry.wroteText = {}, thirdParty(entry.item, job.wroteKey)
  for name, value in entry.wroteText:gmatch("(%S+)=(%S*)") do entry.wrote[decode(name)] = decode(value) end
  return entry.wrote
end

local function saveWrote(entry)
  if not entry.wrote or not has(entry.item, "SetThirdPartyMetadata") then return end
  local parts = {}
  for name, value in pairs(entry.wrote) do parts[#parts + 1] = encode(name) .. "=" .. encode(value) end
  table.sort(parts)
  local text = table.concat(parts, " ")
  if text ~= entry.wroteText then ask(entry.item, "SetThirdPartyMetadata", job.wroteKey, text) end
  entry.wroteText = text
end

-- Remembers a value as Baton's; taking an import back forgets it, so that a later import writes it again.
local function noteWrote(entry, name, value) wrote(entry)[name] = not job.reverts and value or nil end

-- A clip that Baton itself brought in: nothing stood on it before.
local function isMine(entry) return wrote(entry).imported ~= nil end

-- Whether a value is a person's: not the wanted one, and not what the plan saw or, without that, what Baton wrote.
local function isTheirs(entry, name, have, want, was)
  local base = was or wrote(entry)[name]
  return have ~= want and base ~= nil and have ~= base
end
