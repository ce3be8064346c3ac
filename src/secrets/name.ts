/** Last word of a name that says that its value is a credential, also where it is written as one with others. */
const GLUED_WORD =
  /(?:password|passwd|passphrase|passcode|apikey|privatekey|secretkey|accesstoken|authtoken|clientsecret|htpasswd|requirepass|masterauth)$/

/** The same for words that others end in as well: `compass` is none. */
const SECRET_WORD =
  /(?:^|[^a-z])(?:pwd|secret|token|api_?key|secret_?key|access_?key|private_?key|signing_?key|encryption_?key|decryption_?key|master_?key|auth_?key|account_?key|shared_?key|storage_?key|hmac_?key|session_?key|license_?key|credentials?|connection_?string|dsn|client_?key_?data|pass|authorization|bearer|auth_?string|webhook_?url|age_?key|pat|otp_?seed|seed_?phrase|mnemonic|psk|pw|pin_?code|pre_?shared_?key)$/

/** Words behind which a name means where a credential lies, or something about it. */
const ABOUT =
  /(?:^|_)(?:existing|initial_cluster|goog|amz|pull|tls|ref|name|from|source|external|use|create|enable|disable|disabled|force|has|allow|require|generate|id|mount|image|public|automount|next|page|continue|csrf|cancellation|max|min|num|count|remaining|reset|show|hide|forgot|no|without|invalid|expired|missing|break|stop)_(?:secret|token|credentials?|pass|password|passwd|api_?key)$/

/** A name in words: `clientSecret`, `CLIENT_SECRET` and `client-secret` are one. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/_+\d*$/, '')
}

/** Trees use the same few thousand names again and again. */
const judged = new Map<string, boolean>()
const MAX_JUDGED = 50_000

/** Whether a field, variable or argument of this name holds a credential. */
export function namesCredential(name: string): boolean {
  if (name.length > 200) return false
  const known = judged.get(name)
  if (known !== undefined) return known
  const words = wordsOf(name)
  const isNpm = /(?:^|:)_auth$/.test(name)
  const answer =
    isNpm || ((GLUED_WORD.test(words) || SECRET_WORD.test(words)) && !ABOUT.test(words))
  if (judged.size < MAX_JUDGED) judged.set(name, answer)
  return answer
}

/** Last words of variables about a secret that hold none: where it is, what it is called, how long it lasts. */
const DESCRIBES =
  /(?:^|_)(?:name|names|ref|path|file|dir|folder|mount|namespace|store|class|issuer|endpoint|url|uri|host|hostname|addr|address|server|port|ttl|expiry|expiration|duration|lifetime|interval|timeout|length|size|type|kind|provider|enabled|disabled|version|count|mode|policy|algorithm|alg|header|prefix|suffix|id|owner|role|region|audience|method|format|backend|engine|user|username|length|rotation|url_?path)$/

/** Whether a variable that a Kustomization substitutes says by any of its words that it is secret. */
export function namesSecretVariable(name: string): boolean {
  const words = wordsOf(name)
  return /secret|passw|token|credential/.test(words) && !DESCRIBES.test(words)
}
