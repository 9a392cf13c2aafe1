/**
 * The interface of all functions together, for machines and for people, made of their routes. A bundle holds what it says
 * and none of the routes (`infra/bundle.ts`), so the server's own address is put in by whoever shows it.
 */
import { routes as archive } from '@darmon/function-archive/routes';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as oversight } from '@darmon/function-oversight/routes';
import { routes as patient } from '@darmon/function-patient/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as privacy } from '@darmon/function-privacy/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { docsPage, openApi } from '@darmon/http/openapi';
import { routes } from './routes.ts';

const tables = [
  prescribing,
  dispensing,
  inventory,
  procurement,
  compliance,
  archive,
  oversight,
  identity,
  patient,
  privacy,
  routes,
];
export const described = { openApi: openApi(tables, '/'), docs: docsPage(tables) };
