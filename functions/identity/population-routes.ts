/** How many people live where: what figures per inhabitant are told by, entered year by year. */
import { Reason } from '@darmon/domain/event';
import { firstPopulation, Population, PopulationYear } from '@darmon/domain/population';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const version = z.int().positive();

export const populationRoutes = defineRoutes({
  readPopulation: {
    method: 'GET',
    path: '/api/population',
    summary: 'Inhabitants of each region by year, and who counted them',
    access: { admin: 'all', chief: 'all', auditor: 'all', planner: 'all' },
    answers: { 200: Population },
    keyed: false,
    example: { answer: firstPopulation },
  },
  savePopulation: {
    method: 'POST',
    path: '/api/population',
    summary: 'Enter a year, or enter it anew; other years stay as they are',
    access: { admin: 'all' },
    body: PopulationYear.extend({ version, reason: Reason }).meta({ id: 'PopulationChange' }),
    answers: { 201: Population },
    keyed: true,
    example: {
      body: {
        year: 2026,
        source: 'stat.uz, 2026-01-01',
        inhabitants: { 'UZ-TK': 3_100_000 },
        version: 1,
        reason: 'yearly figures',
      },
      answer: {
        version: 2,
        years: [
          { year: 2026, source: 'stat.uz, 2026-01-01', inhabitants: { 'UZ-TK': 3_100_000 } },
          ...firstPopulation.years,
        ],
      },
    },
  },
});
