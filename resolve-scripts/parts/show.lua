-- What a person sees: a bin at the top of the Media Pool, because output and dialogs do not show in Free 21.1.

local function holdsNoClip(folder)
  for _, sub in ipairs(list(ask(folder, "GetSubFolderList"))) do
    if not holdsNoClip(sub) then return false end
  end
  return #list(ask(folder, "GetClipList")) == 0
end

local MOST_LINES = 12

-- A bin cannot be renamed: the old result is taken away, where it still is an empty bin, and a new one made, with one bin
-- inside for each problem.
local function showResult(headline, lines)
  local function name(text)
    text = text:gsub("%c+", " ")
    return #text <= 240 and text or text:sub(1, 237):gsub("[\192-\255][\128-\191]*$", "") .. "..."
  end
  local wanted, old = { name(headline) }, {}
  for place, line in ipairs(lines) do
    if place <= MOST_LINES then wanted[#wanted + 1] = name(line) end
  end
  if #lines > MOST_LINES then wanted[#wanted + 1] = string.format("%d more: see the receipt", #lines - MOST_LINES) end
  for _, sub in ipairs(list(ask(root, "GetSubFolderList"))) do
    if tostring(ask(sub, "GetName")):sub(1, 7) == "Baton: " and holdsNoClip(sub) then old[#old + 1] = sub end
  end
  local there = { old[1] and ask(old[1], "GetName") }
  for _, sub in ipairs(list(ask(old[1], "GetSubFolderList"))) do there[#there + 1] = ask(sub, "GetName") end
  if #old == 1 and table.concat(there, "\0") == table.concat(wanted, "\0") then return true end
  if #old > 0 then ask(pool, "DeleteFolders", old) end
  local bin = ask(pool, "AddSubFolder", root, wanted[1])
  for place = 2, #wanted do ask(pool, "AddSubFolder", bin, wanted[place]) end
  return bin ~= nil
end
