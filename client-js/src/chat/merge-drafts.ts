/**
 * Brings two versions of one text together of which each may have been written on since both were `base`. Nothing that
 * somebody wrote is lost; when both went on, one stands below the other.
 */
export function mergeDrafts(base: string, here: string, there: string): string {
  if (here === base || here === there) return there;
  if (there === base || here.includes(there)) return here;
  if (there.includes(here)) return there;
  const added = base !== '' && here.startsWith(base) ? here.slice(base.length).trimStart() : here;
  return `${there}\n${added}`;
}
