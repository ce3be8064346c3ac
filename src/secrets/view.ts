/** Some bytes of a file in the form in which they can be read: as they stand, decoded, unpacked. */
export interface View {
  readonly bytes: Buffer
  /** What was undone to get here, outermost first. */
  readonly hidden: readonly string[]
  /** The place in the file that an offset of `bytes` comes from. */
  readonly at: (offset: number) => number
  /** The whole of the code in the file that was decoded; undefined where the bytes stand in it as they are. */
  readonly covers?: readonly [number, number] | undefined
}

/** The place in the file of some bytes of a view: of what was decoded, all. */
export function placeOf(view: View, start: number, end: number): { start: number; end: number } {
  if (view.covers !== undefined) return { start: view.covers[0], end: view.covers[1] }
  const last = Math.max(start, Math.min(end, view.bytes.length) - 1)
  return { start: view.at(start), end: view.at(last) + 1 }
}

export function rootView(bytes: Uint8Array): View {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes: buffer, hidden: [], at: offset => offset }
}

/** A view of what the bytes from `start` to `end` of another view hold: any place in it is their start. */
export function innerView(
  outer: View,
  step: string,
  bytes: Buffer,
  start: number,
  end: number,
): View {
  const covers = outer.covers ?? [outer.at(start), outer.at(Math.max(start, end - 1)) + 1]
  return { bytes, hidden: [...outer.hidden, step], at: () => covers[0], covers }
}

/** A view of the whole of another one after replacements; `pieces` are [offset here, offset there], ascending. */
export function rewrittenView(
  outer: View,
  step: string,
  bytes: Buffer,
  pieces: readonly (readonly [number, number])[],
): View {
  const here = pieces.map(([offset]) => offset)
  const there = pieces.map(([, offset]) => offset)
  return movedView(outer, step, bytes, { here, there })
}

/** Offsets of pieces of a view, and where each of them was, both ascending. */
export interface Moves {
  readonly here: readonly number[]
  readonly there: readonly number[]
}

/** As `rewrittenView`, without an array for each piece. */
export function movedView(outer: View, step: string, bytes: Buffer, { here, there }: Moves): View {
  const at = (offset: number): number => {
    let low = 0
    let high = here.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((here[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return outer.at((there[low] ?? 0) + Math.max(0, offset - (here[low] ?? 0)))
  }
  return { bytes, hidden: [...outer.hidden, step], at, covers: outer.covers }
}
