-- Sends the requests of a file in their order, over and over; each mark in them becomes a number of its own.
local cycle, place, number
local mark = "#########"
local threads = {}
refused = 0 -- global, for done() reads it

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  cycle, place, number = dofile(arguments[1]), 0, tonumber(arguments[2])
  if cycle.checked then
    response = check
  end
end

function request()
  place = place % #cycle + 1
  if not cycle.numbered then
    return cycle[place]
  end
  number = number + 1
  return (cycle[place]:gsub(mark, string.format("%09d", number)))
end

function check(status, headers, body)
  if body:find('"errors"', 1, true) then
    refused = refused + 1
  end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  for _, thread in ipairs(threads) do
    failed = failed + thread:get("refused")
  end
  io.write(string.format(
    "measured %d %d %d %d %d\n",
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)
  ))
end
