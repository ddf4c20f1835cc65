/** How a reply of the script starts that has refused to leave a hole in the log. */
export const GAP_REPLY = "gap:";

/**
 * Appends to the stream and announces on the channel, all or nothing: entries at or below the last id are skipped, and
 * the first new one must follow it, so that neither a repeat nor a writer that has lost its leadership does harm. One that
 * is empty begins with any entry, if `begin` is 1.
 * KEYS: stream. ARGV: channel, window, begin, then per entry: seq, number of messages, messages. Replies the last seq.
 */
export const APPEND_SCRIPT = `
local last = '0'
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then last = string.match(info[i + 1], '^%d+') end
  end
end
local at = 4
while at <= #ARGV and tonumber(ARGV[at]) <= tonumber(last) do
  at = at + 2 + tonumber(ARGV[at + 1])
end
if at <= #ARGV and last == '0' and ARGV[3] ~= '1' then
  return '${GAP_REPLY} the log was emptied before seq ' .. ARGV[at]
end
if at <= #ARGV and last ~= '0' and tonumber(ARGV[at]) ~= tonumber(last) + 1 then
  return '${GAP_REPLY} seq ' .. ARGV[at] .. ' does not follow ' .. last .. ', the end of the log'
end
while at <= #ARGV do
  local count = tonumber(ARGV[at + 1])
  local messages = {}
  for i = 1, count do messages[i] = ARGV[at + 1 + i] end
  last = ARGV[at]
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], last .. '-0', 'e', '[' .. table.concat(messages, ',') .. ']')
  for i = 1, count do redis.call('PUBLISH', ARGV[1], messages[i]) end
  at = at + 2 + count
end
return last
`;
