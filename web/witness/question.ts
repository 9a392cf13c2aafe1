/** A question to colleagues as both sides see it: a code to compare by, and the time that is left. */
import { useEffect, useState } from 'react';

/** The same few characters on both screens; the end of the question's id, where chance is, without letters that look alike. */
export const compareCode = (question: string): string => question.slice(-4);

const two = (value: number): string => String(value).padStart(2, '0');

/** `m:ss` until an instant by this device's clock, each second anew; undefined once it has come. */
export const useTimeLeft = (until: string): string | undefined => {
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOver]);
  return isOver ? undefined : `${Math.floor(left / 60)}:${two(left % 60)}`;
};
