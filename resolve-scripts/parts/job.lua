-- The job file: where it lies and how it is read.

local function jobPaths()
  if environment("BATON_JOB") then return { environment("BATON_JOB") } end
  return homePlaces(JOB .. ".lua")
end

-- Why a job that loads is none for this script; nil where it is one.
local function notOurs(job, path)
  if type(job) ~= "table" or job.kind ~= "baton-job" or job.version ~= 2 then
    return path .. " is not a job this " .. SCRIPT .. " reads. Copy the script and make the job with one Baton"
  end
  if (job.reverts ~= nil) ~= (JOB == "revert") then
    return path .. " is a job for " .. (job.reverts and "Baton Revert" or "Baton Apply") .. ": run that script"
  end
end

-- The job sees no global at all, so that a file put there by somebody else can do nothing but fail.
local function loadJob()
  local problem = "no job at " .. table.concat(jobPaths(), " or ") .. ". Make one with: " .. MADE_WITH
  for _, path in ipairs(jobPaths()) do
    local chunk, failure = loadfile(path)
    if chunk then
      setfenv(chunk, {})
      local ok, job = pcall(chunk)
      local wrong = notOurs(ok and job, path)
      if wrong then return nil, path, wrong end
      return job, path
    elseif not tostring(failure):find("cannot open", 1, true) then
      problem = "the job cannot be read: " .. tostring(failure)
    end
  end
  return nil, jobPaths()[1], problem
end

local function unchunk(chunks)
  local all = {}
  for _, chunk in ipairs(chunks) do
    for _, entry in ipairs(chunk()) do all[#all + 1] = entry end
  end
  return all
end
