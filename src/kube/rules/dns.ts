import type { Field } from './field.ts'
import { looseSubdomain, subdomain } from './format.ts'
import { checkIp } from './ip.ts'

/** DNS settings and host aliases of a pod (1.36 core/validation validatePodDNSConfig, ValidateHostAliases). */
export function checkDns(spec: Field): void {
  const config = spec.get('dnsConfig')
  const servers = config.get('nameservers')
  checkAliases(spec.get('hostAliases'))
  if (spec.get('dnsPolicy').text === 'None') {
    if (!config.has) return config.required('must provide `dnsConfig` when `dnsPolicy` is None')
    if (servers.size === 0)
      return servers.required('must provide at least one DNS nameserver when `dnsPolicy` is None')
  }
  if (servers.size > 3) servers.invalid('must not have more than 3 nameservers')
  for (const server of servers.items()) checkIp(server)
  checkSearches(config.get('searches'))
  for (const option of config.get('options').items())
    if (option.get('name').text === '') option.required('must not be empty')
}

function checkSearches(searches: Field): void {
  if (searches.size > 32) searches.invalid('must not have more than 32 search paths')
  if (searches.texts().join(' ').length > 2048)
    searches.invalid(
      'must not have more than 2048 characters (including spaces) in the search list',
    )
  const relaxed = searches.report.minor >= 33
  for (const search of searches.items()) {
    if (relaxed && search.text === '.') continue
    search.must(text => (relaxed ? looseSubdomain : subdomain)(text.replace(/\.$/, '')))
  }
}

function checkAliases(aliases: Field): void {
  for (const alias of aliases.items()) {
    checkIp(alias.get('ip'))
    for (const name of alias.get('hostnames').items()) name.must(subdomain)
  }
}
