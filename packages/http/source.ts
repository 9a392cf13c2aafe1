/**
 * Which address a request came from, for limits on public routes. It is personal: it is hashed under a key before
 * anything is kept, and never logged.
 */

/** An address of IPv6 stands for its /64, which is what one household or phone has. */
const networkOf = (address: string): string => {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return head.split(':').slice(0, 4).join(':');
};

/**
 * The address of the caller. The gateway adds who called it to the end of `X-Forwarded-For`, and the distribution before
 * it whom it serves: so what stands last and is not the gateway's own caller is what the distribution saw. Whatever
 * stands further to the front was sent by the caller and is not believed. Whoever calls the gateway past the
 * distribution can make up an address, so a limit by address is only ever the second guard.
 */
export const sourceOf = (forwarded: string | undefined, caller: string): string => {
  const hops = (forwarded ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => /^[0-9a-fA-F:.]{2,45}$/.test(hop));
  const [last, before] = hops.reverse();
  return networkOf((last === caller ? before : last) ?? caller);
};
