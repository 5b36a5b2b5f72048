/**
 * A short code of both ends' certificates, that two people can read to each other: the same on both sides when nobody sits in between
 * (RFC 8827, section 4.1 leaves that to an identity provider; here it is left to their voices). Twelve digits: whoever wants to be taken
 * for somebody has to find a certificate that gives the same ones, one try in 10^12.
 */
export async function comparisonCode(one: string | undefined, other: string | undefined): Promise<string | null> {
  const prints = [fingerprints(one), fingerprints(other)];
  if (prints.some((print) => print === '')) return null;
  const text = new TextEncoder().encode(prints.sort().join('\n'));
  const digest = new DataView(await crypto.subtle.digest('SHA-256', text));
  const digits = (digest.getBigUint64(0) % 1_000_000_000_000n).toString().padStart(12, '0');
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** All of a description, each once: `a=fingerprint` stands at the session or at every medium (RFC 8122, section 5). */
function fingerprints(sdp: string | undefined): string {
  const found = [...(sdp ?? '').matchAll(/^a=fingerprint:(\S+) (\S+)\r?$/gm)].map(
    ([, hash = '', value = '']) => `${hash.toLowerCase()} ${value.toUpperCase()}`,
  );
  return [...new Set(found)].sort().join(' ');
}
