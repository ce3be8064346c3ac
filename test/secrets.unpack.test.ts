import { expect, it } from 'vitest'
import { unpack } from '../src/secrets/unpack.ts'

const text = 'The lantern hangs above the harbour. '.repeat(6)

/** What bzip2 1.0 and xz 5.4 made of the text. */
const packed = {
  bzip2:
    'QlpoOTFBWSZTWeNIoeAAABeTgEABBAAyxZ8AIABQpgAJoFKpqD1M0E2XK4WUcr4XC0tl6W6wXi7X5ZLC0sLKyXJeLC0u1usrwv4u5IpwoSHGkUPA',
  xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ADdACtdACoaCKIC+9KnvGo0lGEdKOjV10kdyAYIV9F7O6SqS96RnWf9xbQ5jaKIAAAAAFpUAPmbNUoHAAFH3gEAAABUSHFfscRn+wIAAAAABFla',
  lzma: 'XQAAgAD//////////wAqGgiiAvvSp7xqNJRhHSjo1ddJHcgGCFfRezukqkvekZ1n/cW0OY2zpyL///cSGAA=',
}

it.each(Object.entries(packed))('opens what %s packed', (step, base64) => {
  const bytes = Buffer.from(base64, 'base64')
  expect(unpack(bytes, 1 << 20)).toEqual({
    step,
    members: [{ name: '', bytes: Buffer.from(text) }],
  })
  // No more than the caller takes, and nothing of a stream that ends early.
  expect(unpack(bytes, 99)?.members).toEqual([{ name: '', bytes: 'too large' }])
  expect(unpack(bytes.subarray(0, 30), 1 << 20)?.members[0]?.bytes ?? 'unknown').toBe('unknown')
})
