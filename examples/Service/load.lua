-- wrk's script for docs/serving.md: wrk -t1 -c8 -d30s --latency -s examples/Service/load.lua http://127.0.0.1:5000 -- [rows of a batch]
local countries = { "DE", "FR", "PL", "US" }

local function row()
  local items = math.random(1, 6)
  return string.format(
    '{"Country":"%s","Amount":%.2f,"Items":%d,"Express":%s}',
    countries[math.random(4)], items * (20 + 60 * math.random()), items, tostring(math.random() < 0.3))
end

function init(args)
  local rows = tonumber(args[1])
  local requests = {}
  for i = 1, 100 do
    local body = row()
    if rows then
      local batch = {}
      for j = 1, rows do batch[j] = row() end
      body = "[" .. table.concat(batch, ",") .. "]"
    end
    requests[i] = wrk.format("POST", rows and "/score/batch" or "/score", { ["Content-Type"] = "application/json" }, body)
  end
  local i = 0
  request = function()
    i = i % #requests + 1
    return requests[i]
  end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    "p50 %.2f ms, p99 %.2f ms, errors: %d of status, %d of connections\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status, e.connect + e.read + e.write + e.timeout))
end
