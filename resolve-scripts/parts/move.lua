-- Moving clips to their bins.

local function moveInto(bin, wanted)
  local folder, items = ensureBin(bin), {}
  for _, one in ipairs(wanted) do items[#items + 1] = one.entry.item end
  if folder and not ask(pool, "MoveClips", items, folder) then
    for _, item in ipairs(items) do ask(pool, "MoveClips", { item }, folder) end
  end
  local there = folder and lying(folder) or {}
  for _, one in ipairs(wanted) do
    local entry, before = one.entry, { bin = one.entry.bin }
    if there[pathKey(property(entry.item, "File Path"))] then
      entry.bin = bin
      report(one.step, "verified", nil, before, entry.item)
    else
      report(one.step, "failed", "Resolve did not move it to " .. binName(bin), before, entry.item)
    end
  end
end

local function moveAll()
  local order, byBin = {}, {}
  each("move", function(step)
    local entry, key = find(step), binKey(step.bin)
    if not entry then return end
    if binKey(entry.bin) == key then return report(step, "verified", nil, nil, entry.item) end
    if binKey(entry.bin) ~= binKey(step.from) then
      return leave(step, "moved to " .. binName(entry.bin) .. " since the plan was made; left there", entry.item)
    end
    if not byBin[key] then
      byBin[key] = { bin = step.bin }
      order[#order + 1] = byBin[key]
    end
    table.insert(byBin[key], { step = step, entry = entry })
  end)
  for _, wanted in ipairs(order) do moveInto(wanted.bin, wanted) end
end
