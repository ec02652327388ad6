-- What became of the job, in words and as the receipt.

-- A step's result so far; `stopped` says why the run ended before it, `unsure` that nobody will know what was begun.
local function outcome(step, stopped, unsure)
  if results[step.id] then return results[step.id] end
  if unsure and pending[step.id] then
    return { result = "unverified", reason = "Resolve ended while it was being made" }
  end
  local gone = step.clip and not find(step)
  local reason = gone and "its clip is not in the project" or "an earlier phase ended it"
  return { result = "skipped", reason = stopped or reason, left = gone and job.reverts and not stopped or nil }
end

local function summary(stopped)
  local counts, lines = { verified = 0, unverified = 0, failed = 0, skipped = 0, left = 0 }, {}
  for _, step in ipairs(steps) do
    local clip, result = clips[step.clip], outcome(step, stopped)
    local count = result.left and "left" or result.result
    counts[count] = counts[count] + 1
    local said = count ~= "verified" and count ~= "left" and result.reason ~= stopped
    if said or job.reverts and count == "left" and result.reason then
      lines[#lines + 1] = (clip and baseName(clip.path) .. ": " or "") .. step.kind .. " "
        .. (count == "left" and "left" or result.result) .. ": " .. tostring(result.reason)
    end
  end
  for _, one in ipairs(synced) do
    if one.result ~= "verified" then lines[#lines + 1] = baseName(one.path) .. ": sync " .. one.result .. ": " .. one.reason end
  end
  local headline = "Baton: " .. (job and job.title or "no job") .. (JOB == "revert" and ": taken back" or "")
  if stopped then return headline .. ": STOPPED: " .. stopped, lines end
  headline = string.format("%s: %d of %d steps done", headline, counts.verified, #steps)
  for _, kind in ipairs({ "failed", "unverified", "skipped" }) do
    if counts[kind] > 0 then headline = string.format("%s, %d %s", headline, counts[kind], kind) end
  end
  if counts.left > 0 then headline = string.format("%s, %d left as you have them", headline, counts.left) end
  return headline, lines
end

-- No two runs may share an id, even within a second: the clock that Fusion has is finer than Lua's.
local function newId()
  local ok, now = pcall(function() return bmd.gettime() end)
  local fine = ok and tonumber(now) or os.clock()
  local address = tostring({}):match("(%x+)$") or "0"
  return string.format("resolve-%s-%.0f-%06.0f-%s", JOB, os.time(), (fine * 1000000) % 1000000, address:sub(-4))
end

local function receiptText(id, stopped, unsure)
  local parts = {}
  for _, step in ipairs(steps) do
    local result = outcome(step, stopped, unsure)
    local own = { id = step.id, result = result.result, reason = result.reason, before = result.before,
      item = result.item, found = result.found, left = result.left }
    parts[#parts + 1] = step.as:sub(1, -2) .. "," .. json(own):sub(2)
  end
  return json({
    kind = "receipt",
    version = 1,
    id = id,
    plan = job.manifest,
    reverts = job.reverts,
    host = { editor = "resolve", editorVersion = tostring(ask(editor, "GetVersionString")), adapter = "lua" },
    project = { id = tostring(ask(project, "GetUniqueId")), name = tostring(ask(project, "GetName")) },
    at = os.date("!%Y-%m-%dT%H:%M:%SZ"),
    stopped = stopped,
    synced = #synced > 0 and synced or nil,
  }):sub(1, -2) .. ',"steps":[\n' .. table.concat(parts, ",\n") .. "]}\n"
end

-- One run, from the job file to the result that a person sees.
local function run(phases)
  local folder = openSession()
  local path, stopped
  job, path, stopped = loadJob()
  if not editor then stopped = NOT_FOUND end
  if job then steps, clips = unchunk(job.steps), unchunk(job.clips) end
  local id, stem = newId(), job and freeStem(path:gsub("%.lua$", "") .. ".receipt")
  local function keep()
    keepText(stem, "Baton.Receipt", receiptText(id, "Resolve ended before the job did", true))
  end
  if not stopped then
    local ok, answer = pcall(carryOut, phases, keep)
    stopped = answer
    if not ok then stopped = SCRIPT .. " failed: " .. tostring(answer) end
  end
  local headline, lines = summary(stopped)
  local kept = job and editor and keepText(stem, "Baton.Receipt", receiptText(id, stopped))
  showResult(headline, lines)
  restoreBin(folder)
  print(headline)
  if job then print(string.format("Job: %s, made from revision %.0f of the handoff", path, job.revision)) end
  for _, line in ipairs(lines) do print("  " .. line) end
  if kept then print("Receipt: " .. kept) end
end

local function main(phases)
  local ok, failure = pcall(run, phases)
  if ok then return end
  print(SCRIPT .. " failed: " .. tostring(failure))
  showResult("Baton: failed: " .. tostring(failure), {})
end
