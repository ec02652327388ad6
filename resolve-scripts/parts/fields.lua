-- Clip colours and metadata.

local function readMetadata(item, fields)
  local now = ask(item, "GetMetadata")
  if type(now) == "table" then return now end
  now = { Keywords = ask(item, "GetMetadata", "Keywords") }
  for _, field in ipairs(fields) do
    if field.key then now[field.key] = ask(item, "GetMetadata", field.key) end
  end
  return now
end

local function words(text)
  local all, set = {}, {}
  for word in tostring(text or ""):gmatch("[^,]+") do
    word = word:match("^%s*(.-)%s*$")
    if word ~= "" then all[#all + 1], set[word] = word, true end
  end
  return all, set
end

-- What Resolve has no field to write for is a keyword and a flag; the keyword tells Baton's flag from a person's own. The keywords to
-- write; nil where they are right.
local function setSign(entry, sign, want, keywords)
  local item, memory = entry.item, wrote(entry)
  local all, set = words(keywords)
  if want == (set[sign.keyword] or false) then return nil end
  -- Whose flag it is, then the flag: a run killed between any two is told by the keyword that is not there yet.
  if want then
    for _, flag in ipairs(list(ask(item, "GetFlagList"))) do
      if flag == sign.flag and not isMine(entry) and not memory[sign.memory] then
        memory[sign.memory] = "theirs"
        saveWrote(entry)
      end
    end
    ask(item, "AddFlag", sign.flag)
  else
    if memory[sign.memory] ~= "theirs" then ask(item, "ClearFlags", sign.flag) end
    memory[sign.memory] = nil
  end
  local kept = {}
  for _, word in ipairs(all) do
    if word ~= sign.keyword then kept[#kept + 1] = word end
  end
  if want then kept[#kept + 1] = sign.keyword end
  return table.concat(kept, ",")
end

local function signUnsynced(entry, want)
  local keywords = setSign(entry, job.unsynced, want, ask(entry.item, "GetMetadata", "Keywords"))
  if keywords then ask(entry.item, "SetMetadata", "Keywords", keywords) end
end

local function setLabel(step, entry)
  local item, have = entry.item, ask(entry.item, "GetClipColor") or ""
  local shown, want = job.labels[have] or have, job.labels[step.colour] or step.colour
  if isTheirs(entry, "label", shown, want, step.was) then
    return leave(step, "its colour was changed to " .. (have == "" and "none" or have) .. "; left so", item)
  end
  local same = have == step.colour
  -- Before the colour, by which a run that is killed is begun again.
  if not same and (want == "unsynced" or shown == "unsynced") then signUnsynced(entry, want == "unsynced") end
  if not same and step.colour == "" then
    ask(item, "ClearClipColor")
  elseif not same then
    ask(item, "SetClipColor", step.colour)
  end
  local ok = same or (ask(item, "GetClipColor") or "") == step.colour
  if ok then noteWrote(entry, "label", want) end
  -- A colour that is right already, on a clip that Baton brought in, is Baton's from a run that died.
  local before = not (same and isMine(entry)) and { label = have == "" and NULL or shown } or nil
  report(step, ok and "verified" or "failed", not ok and "the clip colour was not taken" or nil, before, item)
end

-- Keywords: what a field names is Baton's own. What it named before, by the plan or as Baton remembers it, goes where it is not
-- wanted any more; what a person took off stays off; every other word is a person's.
local function keywordChange(entry, field, text)
  local want, wants = words(field.value)
  local own, owned = words(field.was or wrote(entry).keywords)
  local all, there = words(text)
  local kept, stood, off = {}, {}, {}
  for _, word in ipairs(all) do
    if wants[word] or not owned[word] then kept[#kept + 1] = word end
  end
  for _, word in ipairs(own) do
    if there[word] then stood[#stood + 1] = word elseif wants[word] then off[#off + 1] = word end
  end
  for _, word in ipairs(want) do
    if not there[word] and not owned[word] then kept[#kept + 1] = word end
    if there[word] and not owned[word] then stood[#stood + 1] = word end
  end
  return { text = table.concat(kept, ","), changes = table.concat(kept, ",") ~= table.concat(all, ","),
    stood = table.concat(stood, ","), off = table.concat(off, ", ") }
end

local function setBatonId(item, field)
  if not has(item, "SetThirdPartyMetadata") then return "this Resolve keeps no id for other programs", "" end
  local had = thirdParty(item, job.idKey)
  if had == field.value then return nil, had end
  ask(item, "SetThirdPartyMetadata", job.idKey, field.value)
  return thirdParty(item, job.idKey) ~= field.value and "Baton's id was not kept" or nil, had
end

-- What a field holds; the keyword stands for Good Take, which cannot be written.
local function valueOf(field, now)
  if field.field ~= "good" then return tostring(now[field.key] or "") end
  return tostring(select(2, words(now.Keywords))[job.good.keyword] or false)
end

-- The fields to write, by Resolve's key, and what stood there; a field that is a person's is marked `left`.
local function fieldsToWrite(step, entry, now)
  local write, before, said = {}, {}, {}
  for _, field in ipairs(step.fields) do
    local have, good = valueOf(field, now), field.field == "good"
    if field.field == "batonId" then
      said[#said + 1], before.batonId = setBatonId(entry.item, field)
    elseif field.field == "keywords" then
      local change = keywordChange(entry, field, write.Keywords or now.Keywords)
      if change.changes then write.Keywords = change.text end
      before.keywords = change.stood
      if change.off ~= "" and not job.reverts then
        said[#said + 1] = "the keywords " .. change.off .. " were taken off by hand; left so"
      end
    elseif isTheirs(entry, field.field, have, good and tostring(field.value == "true") or field.value, field.was) then
      field.left = true
      said[#said + 1] = (field.key or job.good.keyword) .. " was changed by hand; left so"
    else
      before[field.field] = have
      if good then
        write.Keywords = setSign(entry, job.good, field.value == "true", now.Keywords)
      elseif have ~= field.value then
        write[field.key] = field.value
      end
    end
  end
  return write, before, said
end

-- A dictionary may fail as a whole for one key: then one by one.
local function writeMetadata(item, write)
  if ask(item, "SetMetadata", write) then return end
  for key, value in pairs(write) do ask(item, "SetMetadata", key, value) end
end

local function setMetadata(step, entry)
  local item, now = entry.item, readMetadata(entry.item, step.fields)
  local write, before, said = fieldsToWrite(step, entry, now)
  local any = next(write) ~= nil
  if any then writeMetadata(item, write) end
  local after = any and readMetadata(item, step.fields) or now
  local lost, left = 0, 0
  for _, field in ipairs(step.fields) do
    if field.left then
      left = left + 1
    elseif field.field == "keywords" then
      if keywordChange(entry, field, after.Keywords).changes then
        lost = lost + 1
        said[#said + 1] = "the keywords were not kept by Resolve"
      else
        noteWrote(entry, "keywords", field.value)
      end
    elseif field.field ~= "batonId" then
      -- Good Take is taken back to "", which is no keyword.
      local want = field.field == "good" and tostring(field.value == "true") or field.value
      if valueOf(field, after) == want then
        noteWrote(entry, field.field, field.value)
      else
        lost = lost + 1
        said[#said + 1] = (field.key or "the keyword " .. job.good.keyword) .. " was not kept by Resolve"
      end
    end
  end
  local reason = #said > 0 and table.concat(said, "; ") or nil
  if left > 0 and lost == 0 and not any then return leave(step, reason, item) end
  local had = next(before) ~= nil and not (not any and isMine(entry)) and { metadata = before } or nil
  report(step, lost + left == 0 and "verified" or "unverified", reason, had, item)
end
