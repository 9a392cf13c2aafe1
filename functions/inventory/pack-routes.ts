/** Single packs by their serial number, for quality control. */
import { Reason } from '@darmon/domain/event';
import { Gtin } from '@darmon/domain/medicine';
import { Serial } from '@darmon/domain/receiving';
import { SerialPack } from '@darmon/domain/serial-pack';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const KnownPack = SerialPack.meta({
  id: 'SerialPack',
  description: 'A pack that was scanned once: where, what is left in it, and whether it may be handed over',
});

const named = { gtin: '09521020199013', serial: 'A1B2C3' };
const pack = { ...named, site: 'PH-0001', packUnits: 16, unitsLeft: 16, state: 'quarantined' };

export const packRoutes = defineRoutes({
  readPack: {
    method: 'GET',
    path: '/api/packs',
    summary: 'One pack, where somebody scanned it before',
    access: { quality: 'all', auditor: 'all' },
    query: z.object({ gtin: Gtin, serial: Serial }),
    answers: { 200: KnownPack },
    keyed: false,
    example: { answer: pack },
  },
  decidePack: {
    method: 'POST',
    path: '/api/packs/decide',
    summary: 'Quality control releases a pack in quarantine, or refuses it: then it can only be written off',
    access: { quality: 'all' },
    body: z
      .strictObject({ gtin: Gtin, serial: Serial, decision: z.enum(['released', 'refused']), reason: Reason })
      .meta({ id: 'PackDecision' }),
    answers: { 200: KnownPack.extend({ state: z.enum(['available', 'refused']) }).meta({ id: 'DecidedPack' }) },
    keyed: true,
    example: {
      body: { ...named, decision: 'released', reason: 'the maker confirmed the number' },
      answer: { ...pack, state: 'available' },
    },
  },
});
