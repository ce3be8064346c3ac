/** Why Go refuses a base64 text (encoding/base64 StdEncoding: CR and LF are skipped), or undefined. */
export function base64Problem(text: string): string | undefined {
  const at = badBase64(text)
  return at === -1 ? undefined : `error decoding from json: illegal base64 data at input byte ${at}`
}

function badBase64(text: string): number {
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return -1
  let digits = 0
  let at = 0
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '\n' || char === '\r') continue
    if (char === '=') return badPadding(text, at, digits % 4)
    if (!/[A-Za-z0-9+/]/.test(char)) return at
    digits++
  }
  return digits % 4 === 0 ? -1 : at - (digits % 4)
}

/** The end of a text from its first `=` on: one after three digits, two after two, nothing behind. */
function badPadding(text: string, at: number, digits: number): number {
  const rest = text.slice(at).replace(/[\r\n]/g, '')
  if (digits === 3 && rest === '=') return -1
  if (digits === 2 && rest === '==') return -1
  return digits < 2 ? at : at + 1
}

/** RFC 3339 as Go reads it (time.Parse with time.RFC3339: `T` and `Z` upper case, days checked). */
export function isTime(text: string): boolean {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/.exec(text)
  if (match === null) return false
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = match
    .slice(1)
    .map(part => Number(part ?? 0))
  const within = (value = 0, low: number, high: number): boolean => value >= low && value <= high
  return (
    isDay(year ?? 0, month ?? 0, day ?? 0) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59) &&
    within(second, 0, 59) &&
    within(zoneHour, 0, 24) &&
    within(zoneMinute, 0, 60)
  )
}

export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}

/** Go's time.ParseDuration. */
export function isDuration(text: string): boolean {
  if (/^[+-]?0$/.test(text)) return true
  return /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)
}
