import { useEffect, useState } from 'preact/hooks';

/** What is begun when a view is shown and closed when it goes, or when `of` is another; null until it has begun. */
export function useClosable<Of, Begun extends { close(): void }>(of: Of, begin: (of: Of) => Begun): Begun | null {
  const [begun, setBegun] = useState<Begun | null>(null);
  useEffect(() => {
    const made = begin(of);
    setBegun(made);
    return () => made.close();
  }, [of]);
  return begun;
}
