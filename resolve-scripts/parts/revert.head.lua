-- Baton Revert: takes an import back in the project open in DaVinci Resolve 18.5 or later, Free or Studio, by a job made
-- with `baton job --revert`. Only what still is as Baton wrote it goes back; what was changed since stays, and is said.

local SCRIPT, JOB, MADE_WITH = "Baton Revert", "revert", "baton job MANIFEST --revert"
