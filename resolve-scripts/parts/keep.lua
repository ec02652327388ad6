-- How a script leaves a file: by `io`; in the sandbox of Free 21.1 as hexadecimal digits in a Fusion preferences file.

local function isThere(path)
  if type(io) == "table" then
    local file = io.open(path, "rb")
    if file then file:close() end
    return file ~= nil
  end
  local ok, there = pcall(function() return bmd.fileexists(path) end)
  return ok and there == true
end

-- A name that is not taken, so that no run writes over what an earlier one left: `stem`, then `stem-2`.
local function freeStem(stem)
  local free, number = stem, 1
  while number < 1000 and (isThere(free .. ".json") or isThere(free .. ".prefs")) do
    number = number + 1
    free = string.format("%s-%d", stem, number)
  end
  return free
end

-- Every byte's digits: a table answers millions of bytes several times sooner than a function.
local function digits()
  local all = {}
  for byte = 0, 255 do all[string.char(byte)] = string.format("%02x", byte) end
  return all
end

local function fusionApp() return fusion or fu or app or ask(findResolve(), "Fusion") end

-- To another name first, so that a run that dies leaves the old text or the new one.
local function writeFile(path, text)
  local file = io.open(path .. ".new", "wb")
  if not file then return false end
  local written = file:write(text)
  local closed = file:close()
  if not (written and closed) then return false end
  os.remove(path) -- Windows renames onto nothing that is there
  return os.rename(path .. ".new", path) ~= nil
end

-- Where it was left, for people; nil where nothing could be. `name` is the value's name in the preferences.
local function keepText(stem, name, text)
  if type(io) == "table" and writeFile(stem .. ".json", text) then return stem .. ".json" end
  local hex = text:gsub(".", digits())
  local fusionApp = fusionApp()
  ask(fusionApp, "SetData", name, hex)
  ask(fusionApp, "SavePrefs", stem .. ".prefs")
  ask(fusionApp, "SetData", name, nil)
  if isThere(stem .. ".prefs") then return stem .. ".prefs" end
  if not fusionApp then return nil end
  ask(fusionApp, "SetPrefs", "Global." .. name, hex)
  ask(fusionApp, "SavePrefs")
  return "Fusion.prefs (Global." .. name .. ")"
end
