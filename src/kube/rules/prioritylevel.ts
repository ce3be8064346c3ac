import { between, type Field } from './field.ts'

/** A PriorityLevelConfiguration (1.36 flowcontrol/validation ValidatePriorityLevelConfiguration). */
export function checkPriorityLevel(root: Field): void {
  const spec = root.get('spec')
  const [type, limited, exempt] = [spec.get('type'), spec.get('limited'), spec.get('exempt')]
  const isExempt = root.get('metadata').get('name').text === 'exempt'
  if (isExempt !== (type.text === 'Exempt'))
    type.invalid("must be 'Exempt' if and only if `name` is 'exempt'", type.text)
  if (type.text === 'Exempt') {
    if (limited.has) limited.forbidden('must be nil if the type is not Limited')
    checkShares(exempt)
  } else if (type.text === 'Limited') {
    if (exempt.has) exempt.forbidden('must be nil if the type is Limited')
    if (limited.has) checkLimited(limited)
    else limited.required('must not be empty when type is Limited')
  } else type.unsupported(['Exempt', 'Limited'])
}

function checkShares(level: Field): void {
  const shares = level.get('nominalConcurrencyShares')
  if (shares.orNumber(0) < 0) shares.invalid('must be a non-negative integer')
  const lendable = level.get('lendablePercent')
  const percent = lendable.orNumber(0)
  if (percent < 0 || percent > 100) lendable.invalid(between(0, 100))
}

function checkLimited(limited: Field): void {
  checkShares(limited)
  const borrowing = limited.get('borrowingLimitPercent')
  if (borrowing.orNumber(0) < 0) borrowing.invalid('if specified, must be a non-negative integer')
  const response = limited.get('limitResponse')
  const [type, queuing] = [response.get('type'), response.get('queuing')]
  if (type.text === 'Reject') {
    if (queuing.has) queuing.forbidden('must be nil if limited.limitResponse.type is not Limited')
  } else if (type.text !== 'Queue') type.unsupported(['Queue', 'Reject'])
  else if (!queuing.has)
    queuing.required('must not be empty if limited.limitResponse.type is Limited')
  else checkQueuing(queuing)
}

const MOST_QUEUES = 10_000_000
const HASH_BITS = 60

/** ValidatePriorityLevelQueuingConfiguration; zeros are replaced by defaults before. */
function checkQueuing(queuing: Field): void {
  const [queues, hand] = [queuing.get('queues'), queuing.get('handSize')]
  const length = queuing.get('queueLengthLimit')
  if (length.orNumber(50) < 0) length.invalid('must be positive')
  const [count, size] = [queues.number || 64, hand.number || 8]
  if (count < 0) queues.invalid('must be positive')
  else if (count > MOST_QUEUES) queues.invalid(`must not be greater than ${MOST_QUEUES}`)
  if (size < 0) hand.invalid('must be positive')
  else if (size > count) hand.invalid(`should not be greater than queues (${count})`, size)
  else if (entropy(count, size) > HASH_BITS)
    hand.invalid(
      `required entropy bits of deckSize ${count} and handSize ${size} should not be greater than ${HASH_BITS}`,
      size,
    )
}

/** Bits of a hash that deals a hand (1.36 apiserver/pkg/util/shufflesharding RequiredEntropyBits). */
function entropy(deck: number, hand: number): number {
  let bits = 0
  for (let dealt = 0; dealt < hand; dealt++) bits += Math.log2(deck - dealt)
  return Math.ceil(bits)
}
