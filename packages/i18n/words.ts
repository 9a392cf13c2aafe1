/**
 * Every area of words, as the web app loads them. To register an area: import it and name it in `areas`, once.
 * Functions and documents import only the areas they speak, through `translatorOf`.
 */
import { resource } from './entry.ts';
import type { Language } from './language.ts';
import { common } from './words/common.ts';
import { counterPapers } from './words/counter-papers.ts';
import { credential } from './words/credential.ts';
import { documents } from './words/documents.ts';
import { dosage } from './words/dosage.ts';
import { icd10 } from './words/icd10.ts';
import { medicine } from './words/medicine.ts';
import { money } from './words/money.ts';
import { orderSteps } from './words/order-steps.ts';
import { purchaseOrder } from './words/purchase-order.ts';
import { recallLetter } from './words/recall-letter.ts';
import { refusals } from './words/refusals.ts';
import { regions } from './words/regions.ts';
import { report } from './words/report.ts';
import { safety } from './words/safety.ts';
import { scan } from './words/scan.ts';
import { schema } from './words/schema.ts';
import { sheet } from './words/sheet.ts';
import { webAccount } from './words/web-account.ts';
import { webAdmin } from './words/web-admin.ts';
import { webApprovals } from './words/web-approvals.ts';
import { webAudit } from './words/web-audit.ts';
import { webCases } from './words/web-cases.ts';
import { webCounts } from './words/web-counts.ts';
import { webDispense } from './words/web-dispense.ts';
import { webImport } from './words/web-import.ts';
import { webKnowledge } from './words/web-knowledge.ts';
import { webLog } from './words/web-log.ts';
import { webOrders } from './words/web-orders.ts';
import { webPast } from './words/web-past.ts';
import { webPatient } from './words/web-patient.ts';
import { webPatientRecord } from './words/web-patient-record.ts';
import { webPeriods } from './words/web-periods.ts';
import { webPhotos } from './words/web-photos.ts';
import { webPlan } from './words/web-plan.ts';
import { webPolicy } from './words/web-policy.ts';
import { webPrescribe } from './words/web-prescribe.ts';
import { webPrivacy } from './words/web-privacy.ts';
import { webRecalls } from './words/web-recalls.ts';
import { webReceiving } from './words/web-receiving.ts';
import { webReports } from './words/web-reports.ts';
import { webRequisitions } from './words/web-requisitions.ts';
import { webReviews } from './words/web-reviews.ts';
import { webScan } from './words/web-scan.ts';
import { webShared } from './words/web-shared.ts';
import { webStockViews } from './words/web-stock-views.ts';
import { webTrails } from './words/web-trails.ts';
import { webTransfers } from './words/web-transfers.ts';
import { webWarehouse } from './words/web-warehouse.ts';
import { webWriteOffs } from './words/web-write-offs.ts';
import { writeOff } from './words/write-off.ts';

export const areas = {
  common,
  refusals,
  schema,
  scan,
  sheet,
  'counter-papers': counterPapers,
  credential,
  dosage,
  medicine,
  safety,
  documents,
  money,
  'write-off': writeOff,
  icd10,
  regions,
  'order-steps': orderSteps,
  'web-past': webPast,
  'web-plan': webPlan,
  'web-shared': webShared,
  'web-counts': webCounts,
  'web-patient': webPatient,
  'web-prescribe': webPrescribe,
  'web-periods': webPeriods,
  'web-privacy': webPrivacy,
  'web-patient-record': webPatientRecord,
  'web-reviews': webReviews,
  'web-log': webLog,
  'web-cases': webCases,
  'web-scan': webScan,
  'web-dispense': webDispense,
  'web-warehouse': webWarehouse,
  'web-stock-views': webStockViews,
  'web-receiving': webReceiving,
  'web-photos': webPhotos,
  'web-requisitions': webRequisitions,
  'web-trails': webTrails,
  'web-transfers': webTransfers,
  'web-write-offs': webWriteOffs,
  'web-recalls': webRecalls,
  'recall-letter': recallLetter,
  'purchase-order': purchaseOrder,
  report,
  'web-reports': webReports,
  'web-orders': webOrders,
  'web-audit': webAudit,
  'web-approvals': webApprovals,
  'web-account': webAccount,
  'web-admin': webAdmin,
  'web-policy': webPolicy,
  'web-knowledge': webKnowledge,
  'web-import': webImport,
};

type AllAreas = typeof areas;

declare module 'i18next' {
  // i18next's `t` and react-i18next's `useTranslation` then accept only keys that exist.
  interface CustomTypeOptions {
    resources: { [A in keyof AllAreas]: { [K in keyof AllAreas[A]]: string } };
    defaultNS: 'common';
    keySeparator: false;
    nsSeparator: ':';
    parseInterpolation: false;
  }
}

/** All areas in one language, for i18next: `addResources` by area, or `resources: { [language]: resources(language) }`. */
export const resources = (language: Language): Record<string, Record<string, string>> =>
  Object.fromEntries(Object.entries(areas).map(([area, words]) => [area, resource(words, language)]));
