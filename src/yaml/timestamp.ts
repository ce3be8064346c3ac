const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * A plain scalar that go-yaml takes for a point in time, in RFC 3339 as Go's JSON writes it; undefined
 * for anything else (its four formats, read by Go's time.Parse).
 */
export function parseTimestamp(text: string): string | undefined {
  if (text.charCodeAt(4) !== 45) return undefined
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, year = '', month = '', day = '', mark, hour = '0', minute = '0', second = '0'] = match
  const [, , , , , , , , fraction = '', zone] = match
  if (!isDate(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  if (mark !== undefined && (mark === ' ') !== (zone === undefined)) return undefined
  const offset = zoneOf(zone ?? 'Z')
  if (offset === undefined) return undefined
  const parts = [month, day].map(pad).join('-')
  const time = [hour, minute, second].map(pad).join(':')
  const digits = fraction.replace(/0+$/, '')
  return `${year}-${parts}T${time}${digits === '' ? '' : `.${digits}`}${offset}`
}

function pad(part: string): string {
  return part.padStart(2, '0')
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}

function zoneOf(zone: string): string | undefined {
  if (zone === 'Z') return zone
  const hour = Number(zone.slice(1, 3))
  const minute = Number(zone.slice(4))
  if (hour > 23 || minute > 59) return undefined
  return hour === 0 && minute === 0 ? 'Z' : zone
}
