/** What a person waited for, or what comes next: a heading that takes the focus when it appears, so that nothing goes unheard. */
import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

export const Arrived = ({ children }: { readonly children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Title order={2} size="h4" ref={heading} tabIndex={-1} className="page-title">
      {children}
    </Title>
  );
};
