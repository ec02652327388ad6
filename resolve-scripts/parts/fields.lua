-- Clip colours and metadata.

local function setLabel(step, entry)
  local item, have = entry.item, ask(entry.item, "GetClipColor") or ""
  local shown, want = job.labels[have] or have, job.labels[step.colour] or step.colour
  if isTheirs(entry, "label", shown, want, step.was) then
    return leave(step, "its colour was changed to " .. (have == "" and "none" or have) .. "; left so", item)
  end
  local same = have == step.colour
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

-- Good Take cannot be written: a keyword and a flag stand for it, and the keyword tells Baton's flag from a person's own.
local function setGood(entry, want, keywords)
  local item = entry.item
  local all, set = words(keywords)
  if want == (set[job.good.keyword] or false) then return nil end
  -- The flag first: a run killed between the two is then told by the keyword that is not there yet.
  if want then
    for _, flag in ipairs(list(ask(item, "GetFlagList"))) do
      if flag == job.good.flag and not isMine(entry) then wrote(entry).flag = "theirs" end
    end
    ask(item, "AddFlag", job.good.flag)
  else
    if wrote(entry).flag ~= "theirs" then ask(item, "ClearFlags", job.good.flag) end
    wrote(entry).flag = nil
  end
  local kept = {}
  for _, word in ipairs(all) do
    if word ~= job.good.keyword then kept[#kept + 1] = word end
  end
  if want then kept[#kept + 1] = job.good.keyword end
  return table.concat(kept, ",")
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
    elseif isTheirs(entry, field.field, have, good and tostring(field.value == "true") or field.value, field.was) then
      field.left = true
      said[#said + 1] = (field.key or job.good.keyword) .. " was changed by hand; left so"
    else
      before[field.field] = have
      if good then
        write.Keywords = setGood(entry, field.value == "true", now.Keywords)
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
