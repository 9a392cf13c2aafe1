/** Every screen's address. A role's screens are one chunk, fetched when the role first opens one. No address holds anything personal. */
import { reportSearch } from '@darmon/domain/report-fields';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { CallbackPage, HomePage, NotFoundPage, SignInPage } from './entrance.tsx';
import { Layout } from './layout.tsx';
import { Waiting } from './parts.tsx';
import { mayEnter } from './session.ts';

const root = createRootRoute({ component: Layout, notFoundComponent: NotFoundPage });

/** Below it only people who are signed in; others come back to the same address, query and all, after signing in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    if (!(await mayEnter())) throw redirect({ to: '/sign-in', search: { to: location.href }, replace: true });
  },
});

const prescribe = () => import('../prescribe/pages.tsx');
const dispense = () => import('../dispense/pages.tsx');
const warehouse = () => import('../warehouse/pages.tsx');
const receiving = () => import('../receiving/pages.tsx');
const writeOffs = () => import('../write-offs/pages.tsx');
const transfers = () => import('../transfers/pages.tsx');
const orders = () => import('../orders/pages.tsx');
const counts = () => import('../counts/pages.tsx');
const recalls = () => import('../recalls/pages.tsx');
const witness = () => import('../witness/pages.tsx');
const imports = () => import('../imports/pages.tsx');
const audit = () => import('../audit/pages.tsx');
const reports = () => import('../reports/pages.tsx');
const cases = () => import('../cases/pages.tsx');
const periods = () => import('../periods/pages.tsx');
const reviews = () => import('../reviews/pages.tsx');
const log = () => import('../log/pages.tsx');
const privacy = () => import('../privacy/pages.tsx');
const admin = () => import('../admin/pages.tsx');

const account = () => import('../account/pages.tsx');
const requisitions = () => import('../requisitions/pages.tsx');
const procure = () => import('../procure/pages.tsx');
const patient = () => import('../patient/pages.tsx');

/** What an address of a report may hold. */
type ReportSearch = { [K in (typeof reportSearch)[number]]?: string };

const parent = () => signedIn;
const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: SignInPage,
    validateSearch: (search: Record<string, unknown>): { to?: string } =>
      typeof search.to === 'string' ? { to: search.to } : {},
  }),
  createRoute({ getParentRoute: () => root, path: '/callback', component: CallbackPage }),
  createRoute({ getParentRoute: () => root, path: '/p', component: lazyRouteComponent(patient, 'PatientEntrance') }),
  createRoute({ getParentRoute: () => root, path: '/f', component: lazyRouteComponent(patient, 'FeedbackPage') }),
  signedIn.addChildren([
    createRoute({ getParentRoute: parent, path: '/', component: HomePage }),
    createRoute({
      getParentRoute: parent,
      path: '/poster',
      component: lazyRouteComponent(patient, 'PosterPage'),
      validateSearch: (search: Record<string, unknown>): { site?: string } =>
        typeof search.site === 'string' ? { site: search.site } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/account/second-factor',
      component: lazyRouteComponent(account, 'SecondFactorPage'),
      validateSearch: (search: Record<string, unknown>): { draft?: string } =>
        typeof search.draft === 'string' ? { draft: search.draft } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/prescribe',
      component: lazyRouteComponent(prescribe, 'PrescriptionsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/prescribe/new',
      component: lazyRouteComponent(prescribe, 'NewPrescriptionPage'),
      validateSearch: (search: Record<string, unknown>): { from?: string; draft?: string } => ({
        ...(typeof search.from === 'string' && { from: search.from }),
        ...(typeof search.draft === 'string' && { draft: search.draft }),
      }),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/prescribe/patient',
      component: lazyRouteComponent(prescribe, 'PatientPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/prescribe/$id',
      component: lazyRouteComponent(prescribe, 'PrescriptionPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/dispense', component: lazyRouteComponent(dispense, 'FindPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/dispense/today',
      component: lazyRouteComponent(dispense, 'TodayPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/dispense/paper',
      component: lazyRouteComponent(() => import('../dispense/paper-page.tsx'), 'PaperPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/dispense/$id',
      component: lazyRouteComponent(dispense, 'DispensePage'),
    }),
    createRoute({ getParentRoute: parent, path: '/witness', component: lazyRouteComponent(witness, 'WitnessPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/stock',
      component: lazyRouteComponent(warehouse, 'StockPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/receive',
      component: lazyRouteComponent(receiving, 'ReceivePage'),
      validateSearch: (search: Record<string, unknown>): { order?: string } =>
        typeof search.order === 'string' ? { order: search.order } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/receipts',
      component: lazyRouteComponent(receiving, 'ReceiptsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/receipts/$id',
      component: lazyRouteComponent(receiving, 'ReceiptPage'),
      validateSearch: (search: Record<string, unknown>): { site?: string; done?: true } => ({
        ...(typeof search.site === 'string' && { site: search.site }),
        ...(search.done === true && { done: true }),
      }),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/receipts/discrepancies',
      component: lazyRouteComponent(receiving, 'DiscrepanciesPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/release',
      component: lazyRouteComponent(receiving, 'ReleasePage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/opening',
      component: lazyRouteComponent(imports, 'OpeningPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/admin/sites/import',
      component: lazyRouteComponent(imports, 'SitesImportPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/alerts',
      component: lazyRouteComponent(warehouse, 'AlertsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/temperatures',
      component: lazyRouteComponent(warehouse, 'TemperaturesPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/warehouse/overview',
      component: lazyRouteComponent(warehouse, 'OverviewPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions',
      component: lazyRouteComponent(requisitions, 'RequisitionsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/new',
      component: lazyRouteComponent(requisitions, 'NewRequisitionPage'),
      validateSearch: (search: Record<string, unknown>): { urgent?: true } =>
        search.urgent === true ? { urgent: true } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/needs',
      component: lazyRouteComponent(requisitions, 'NeedsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/budgets',
      component: lazyRouteComponent(requisitions, 'BudgetsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/delegations',
      component: lazyRouteComponent(requisitions, 'DelegationsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/prices',
      component: lazyRouteComponent(requisitions, 'ReferencePricesPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/requisitions/$id',
      component: lazyRouteComponent(requisitions, 'RequisitionPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/procure', component: lazyRouteComponent(procure, 'PlansPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/procure/past-use',
      component: lazyRouteComponent(procure, 'PastUsePage'),
    }),
    createRoute({ getParentRoute: parent, path: '/procure/$site', component: lazyRouteComponent(procure, 'PlanPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/procure/$site/$medicine',
      component: lazyRouteComponent(procure, 'ProductPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/write-offs',
      component: lazyRouteComponent(writeOffs, 'WriteOffsPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/write-offs/new',
      component: lazyRouteComponent(writeOffs, 'NewActPage'),
      validateSearch: (search: Record<string, unknown>): { expired?: true; transfer?: string } => ({
        ...(search.expired === true && { expired: true }),
        ...(typeof search.transfer === 'string' && { transfer: search.transfer }),
      }),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/write-offs/$id',
      component: lazyRouteComponent(writeOffs, 'ActPage'),
      validateSearch: (search: Record<string, unknown>): { sent?: true } =>
        search.sent === true ? { sent: true } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers',
      component: lazyRouteComponent(transfers, 'TransfersPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers/new',
      component: lazyRouteComponent(transfers, 'NewTransferPage'),
      validateSearch: (
        search: Record<string, unknown>,
      ): { medicine?: string; from?: string; to?: string; returns?: string } => ({
        ...(typeof search.medicine === 'string' && { medicine: search.medicine }),
        ...(typeof search.from === 'string' && { from: search.from }),
        ...(typeof search.to === 'string' && { to: search.to }),
        ...(typeof search.returns === 'string' && { returns: search.returns }),
      }),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers/$id',
      component: lazyRouteComponent(transfers, 'TransferPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers/$id/pick',
      component: lazyRouteComponent(transfers, 'PickPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers/$id/receive',
      component: lazyRouteComponent(transfers, 'ReceiveTransferPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/transfers/$id/slip',
      component: lazyRouteComponent(transfers, 'SlipPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/orders', component: lazyRouteComponent(orders, 'OrdersPage') }),
    createRoute({ getParentRoute: parent, path: '/orders/new', component: lazyRouteComponent(orders, 'NewOrderPage') }),
    createRoute({ getParentRoute: parent, path: '/orders/$id', component: lazyRouteComponent(orders, 'OrderPage') }),
    createRoute({ getParentRoute: parent, path: '/suppliers', component: lazyRouteComponent(orders, 'SuppliersPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/suppliers/quotes',
      component: lazyRouteComponent(orders, 'QuotesPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/suppliers/$id/prices',
      component: lazyRouteComponent(orders, 'PriceListPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/suppliers/$id',
      component: lazyRouteComponent(orders, 'SupplierPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/counts', component: lazyRouteComponent(counts, 'CountsPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/counts/$id',
      component: lazyRouteComponent(counts, 'CountPage'),
      validateSearch: (search: Record<string, unknown>): { site?: string } =>
        typeof search.site === 'string' ? { site: search.site } : {},
    }),
    createRoute({ getParentRoute: parent, path: '/recalls', component: lazyRouteComponent(recalls, 'RecallsPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/recalls/new',
      component: lazyRouteComponent(recalls, 'NewRecallPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/recalls/$id',
      component: lazyRouteComponent(recalls, 'RecallPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/recalls/$id/calls',
      component: lazyRouteComponent(recalls, 'CallsPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/cases', component: lazyRouteComponent(cases, 'CasesPage') }),
    createRoute({ getParentRoute: parent, path: '/cases/$id', component: lazyRouteComponent(cases, 'CasePage') }),
    createRoute({ getParentRoute: parent, path: '/periods', component: lazyRouteComponent(periods, 'PeriodsPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/periods/$month',
      validateSearch: ({ version }: Record<string, unknown>): { version?: number } =>
        Number.isInteger(version) ? { version: version as number } : {},
      component: lazyRouteComponent(periods, 'PeriodPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/reviews',
      validateSearch: ({
        site,
        day,
        person,
      }: Record<string, unknown>): { site?: string; day?: string; person?: string } =>
        typeof site === 'string' && typeof day === 'string'
          ? { site, day, ...(typeof person === 'string' && { person }) }
          : {},
      component: lazyRouteComponent(reviews, 'ReviewsPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/log-check', component: lazyRouteComponent(log, 'LogPage') }),
    createRoute({ getParentRoute: parent, path: '/privacy', component: lazyRouteComponent(privacy, 'PrivacyPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/audit',
      component: lazyRouteComponent(audit, 'AuditPage'),
      validateSearch: (search: Record<string, unknown>): { site?: string; day?: string } =>
        typeof search.site === 'string' && typeof search.day === 'string' ? { site: search.site, day: search.day } : {},
    }),
    createRoute({
      getParentRoute: parent,
      path: '/feedback',
      component: lazyRouteComponent(audit, 'FeedbackPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/trails/patient',
      component: lazyRouteComponent(audit, 'PatientLookPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/trails/patient/$id',
      component: lazyRouteComponent(audit, 'PatientTrailPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/trails/days',
      component: lazyRouteComponent(audit, 'DaysTrailPage'),
    }),
    createRoute({
      getParentRoute: parent,
      path: '/trails/prescriber',
      component: lazyRouteComponent(audit, 'PrescriberPage'),
    }),
    createRoute({ getParentRoute: parent, path: '/trails/lot', component: lazyRouteComponent(audit, 'LotTrailPage') }),
    createRoute({ getParentRoute: parent, path: '/audit/$id', component: lazyRouteComponent(audit, 'TrailPage') }),
    createRoute({ getParentRoute: parent, path: '/reports', component: lazyRouteComponent(reports, 'ReportsPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/reports/$report',
      component: lazyRouteComponent(reports, 'ReportPage'),
      // only texts, and only those that a report may be asked; a month alone would be read as a number
      validateSearch: (search: Record<string, unknown>): ReportSearch =>
        Object.fromEntries(
          reportSearch.flatMap((name) =>
            typeof search[name] === 'string' || typeof search[name] === 'number' ? [[name, String(search[name])]] : [],
          ),
        ),
    }),
    createRoute({ getParentRoute: parent, path: '/admin/people', component: lazyRouteComponent(admin, 'PeoplePage') }),
    createRoute({ getParentRoute: parent, path: '/admin/sites', component: lazyRouteComponent(admin, 'SitesPage') }),
    createRoute({ getParentRoute: parent, path: '/admin/policy', component: lazyRouteComponent(admin, 'PolicyPage') }),
    createRoute({
      getParentRoute: parent,
      path: '/admin/knowledge',
      component: lazyRouteComponent(admin, 'KnowledgePage'),
    }),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: () => <Waiting />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
