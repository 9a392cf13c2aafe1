/**
 * The fourth chapter of the demo, from what was used to a paid order: a pharmacy is planned, asks, is allowed its money,
 * and gets what was ordered of whoever is cheapest in time, in two parts, until three papers agree. What is bought stays
 * on the shelf, so the story can be told again.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFonts } from '@darmon/documents/fonts-node';
import { orderUbl } from '@darmon/documents/order-ubl';
import { purchaseOrderPdf } from '@darmon/documents/purchase-order';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { soumText } from '@darmon/i18n/money';
import { country, type Desk, hold, step } from './demo-desk.ts';

const pharmacy = 'PH-0001';
const pharmacist = 'pharmacist';
const colleague = 'pharmacist3';
const planner = 'planner';
const approver = 'approver';
const chief = 'chief';
/** What the chapter before handed to a patient. */
const medicine = 'AMOX500CAP';
/** Days until it has to be there. */
const patience = 14;
/** At least so many packs, because the delivery comes in two parts. */
const fewestPacks = 2;
/** Tiyin by which the money of the year is raised each time, beyond what is bought: ten million so'm. */
const raise = 1_000_000_000;

const money = (tiyin: number): string => soumText(tiyin, 'en');

/** A machine with other work may need more than one call: what was reckoned stays, and the next gets further. */
const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1)
    try {
      return await ask();
    } catch (error) {
      if (tries === 5 || !String(error).includes('busy')) throw error;
    }
};

/** Buys one medicine for one pharmacy; the papers of the order are left in `folder`. */
export const tellProcurement = async ({ answer, refusal, all }: Desk, folder: string): Promise<void> => {
  const now = Date.now();
  const today = tashkentDay(now);
  const by = tashkentDay(now + patience * dayMs);
  const at = { params: { site: pharmacy } };
  const formulary = await all((cursor) =>
    answer('doctor', prescribing.searchMedicines, { query: { limit: '100', ...cursor } }),
  );

  await step('what it used before Darmon is known, and a file that says otherwise is refused, row by row', async () => {
    const page = await answer(planner, procurement.readPlanLine, { params: { site: pharmacy, medicine } });
    const brought = page.history.filter((month) => month.brought);
    const [first] = brought;
    const last = brought.at(-1);
    hold(first && last && brought.length >= 24, `only ${brought.length} months of ${medicine} are known from before`);
    const { id } = await answer(pharmacist, procurement.startPastImport, {
      body: { site: pharmacy, rows: 1, name: 'demo' },
    });
    const row = { medicine, period: first.month, quantity: first.used + 1 };
    await answer(pharmacist, procurement.loadPastPart, { params: { id }, body: { from: 0, rows: [row] } });
    const judged = await answer(pharmacist, procurement.readPastImport, { params: { id } });
    const [problem] = judged.problems;
    hold(problem?.code === 'period-known', `another figure hears ${problem?.code}`);
    const kept = await refusal(pharmacist, procurement.keepPastImport, { params: { id }, body: {} });
    return [
      `${brought.length} months from ${first.month} to ${last.month}; another figure for the first: ${problem.code}, ${kept.code}`,
      undefined,
    ];
  });

  await step('a pharmacy is planned from what it used, before Darmon and by its ledger since', async () => {
    const until = Date.now() + 180_000;
    let kept = await answer(planner, procurement.rebuildConsumption, { ...at, body: {} });
    while (!kept.done && Date.now() < until)
      kept = await answer(planner, procurement.rebuildConsumption, { ...at, body: {} });
    hold(kept.done, 'what was used is not reckoned within three minutes');
    const plan = await patiently(() => answer(planner, procurement.planNow, { ...at, body: {} }));
    hold(plan.site === pharmacy && plan.lines > 0, 'the plan is empty');
    const { out, low, 'before-arrival': late } = plan.counts;
    return [
      `use kept through ${kept.through}; ${plan.lines} medicines, ${out + late + low} at risk, ${plan.toOrder} to order`,
      undefined,
    ];
  });

  const need = await step('a planner opens a line: what was used, and each step of what is proposed', async () => {
    const { line } = await answer(planner, procurement.readPlanLine, { params: { site: pharmacy, medicine } });
    hold(line, `the plan has no line of ${medicine}`);
    const result = line.proposal.steps.at(-1);
    hold(result?.step === 'result' && result.facts.packs === line.proposal.packs, 'its steps do not end in its packs');
    // midnight may have come since the chapter before
    const from = tashkentDay(now - dayMs);
    const { days } = await answer(planner, procurement.readConsumption, { ...at, query: { medicine, from } });
    const used = days.reduce((sum, day) => sum + day.used, 0);
    hold(used > 0, `nothing of ${medicine} was used since ${from}`);
    const packs = Math.max(line.proposal.packs, Math.ceil(used / line.packUnits), fewestPacks);
    const steps = line.proposal.steps.map((one) => one.step).join(' → ');
    const { method, months, wape } = line.outlook;
    const next = months[1];
    hold(next && wape !== null, `no forecast of ${medicine} could be measured`);
    const error = Math.round(wape * 100);
    return [
      `${medicine}: ${method}, measured error ${error} %, ${next.month} ${Math.round(next.units)} units; ${steps}: ${line.proposal.packs} packs; ${used} units went since ${from}, so ${packs} are asked for`,
      { packs, gtin: line.gtin },
    ];
  });

  const offer = await step('suppliers are compared: the cheapest that delivers in time is chosen', async () => {
    const gtins = formulary.find(({ code }) => code === medicine)?.packs.map((pack) => pack.gtin) ?? [];
    hold(gtins.includes(need.gtin), `${need.gtin} is no pack of ${medicine}`);
    const { items } = await answer(planner, procurement.compareQuotes, {
      query: { gtin: need.gtin, packs: String(need.packs), by },
    });
    const [best] = items;
    hold(best?.reason === 'chosen' && best.packs && best.value, `nobody sells ${need.gtin}`);
    const told = items.map((q) => `${q.name} ${q.value === undefined ? '' : `${money(q.value)} `}${q.reason}`);
    const { supplier, name, value } = best;
    return [told.join('; '), { supplier, name, value, packPrice: Math.ceil(value / best.packs) }];
  });

  await step('the chief sets the money of the year, over what was read', async () => {
    const year = Number(today.slice(0, 4));
    const budgets = await all((cursor) =>
      answer(chief, procurement.listBudgets, { query: { year: String(year), limit: '100', ...cursor } }),
    );
    const before = budgets.find(({ place }) => place === pharmacy);
    const wanted = { year, place: pharmacy, money: (before?.money ?? 0) + offer.value + raise };
    const set = await answer(chief, procurement.setBudget, {
      body: { ...wanted, ...(before && { was: before.money }) },
    });
    const stale = await refusal(chief, procurement.setBudget, { body: { ...wanted, was: set.money + 1 } });
    return [
      `${pharmacy} ${year}: ${money(set.money)}, ${money(set.left)} left; over another sum ${stale.code}`,
      undefined,
    ];
  });

  const asked = await step('the pharmacist asks for it, and a colleague says that it is right', async () => {
    const draft = await answer(pharmacist, procurement.createRequisition, {
      body: {
        site: pharmacy,
        kind: 'by-hand',
        lines: [
          {
            gtin: need.gtin,
            packs: need.packs,
            packPrice: offer.packPrice,
            why: 'in place of what patients got',
          },
        ],
      },
    });
    const params = { id: draft.id };
    const { version } = await answer(pharmacist, procurement.submitRequisition, {
      params,
      body: { version: draft.version },
    });
    const alone = await refusal(pharmacist, procurement.authoriseRequisition, { params, body: { version } });
    hold(alone.code === 'approver-is-author', `whoever asks hears ${alone.code}`);
    const done = await answer(colleague, procurement.authoriseRequisition, { params, body: { version } });
    hold(done.state === 'authorised', `it is ${done.state}`);
    return [`${done.number}, ${money(done.value)}; alone ${alone.code}, then ${done.state}`, done];
  });
  const requisition = { params: { id: asked.id } };

  await step('an approver sees what it leaves of the money, and approves', async () => {
    const outlook = await answer(approver, procurement.readApproval, requisition);
    hold(outlook.refusal === undefined, `approving it would hear ${outlook.refusal}`);
    hold(outlook.budget?.place === pharmacy, `its money is that of ${outlook.budget?.place}`);
    const done = await answer(approver, procurement.approveRequisition, {
      ...requisition,
      body: { version: outlook.version },
    });
    hold(done.state === 'approved' && done.taken?.value === asked.value, 'its money is not taken');
    return [
      `${money(outlook.budget.left)} less ${money(done.taken.value)} leaves ${money(outlook.leaves ?? 0)}`,
      undefined,
    ];
  });

  const ordered = await step('it is released to an order, once', async () => {
    const body = { site: pharmacy, requisitions: [asked.id], due: by };
    const { orders } = await answer(planner, procurement.openOrders, { body });
    const [order] = orders;
    hold(orders.length === 1 && order?.supplier === offer.supplier, `it is ordered of ${order?.supplier}`);
    const { state } = await answer(planner, procurement.readRequisition, requisition);
    hold(state === 'released', `what was asked for is ${state}`);
    const twice = await refusal(planner, procurement.openOrders, { body });
    hold(twice.code === 'document-closed', `a second order hears ${twice.code}`);
    return [`${order.number} of ${offer.name}, ${money(order.value)}, due ${order.due}; again ${twice.code}`, order];
  });
  const of = { params: { id: ordered.id } };

  const order = await step('the order is sent, on paper and as UBL', async () => {
    const sent = await answer(planner, procurement.sendOrder, { ...of, body: { version: ordered.version } });
    hold(sent.state === 'sent', `it is ${sent.state}`);
    const whole = await answer(planner, procurement.readOrder, of);
    const { supplier } = await answer(planner, procurement.readSupplier, { params: { id: whole.supplier } });
    const site = country.sites.find(({ id }) => id === whole.site);
    hold(site, `${whole.site} is no site of the country`);
    const text = { order: whole, number: whole.number, supplier, site };
    const medicineOf = (code: string) => formulary.find((one) => one.code === code);
    const pdf = await purchaseOrderPdf({ ...text, medicineOf }, 'uz-Latn', nodeFonts());
    hold(Buffer.from(pdf.subarray(0, 5)).toString() === '%PDF-', 'it is no PDF');
    writeFileSync(join(folder, 'order.pdf'), pdf);
    writeFileSync(join(folder, 'order.xml'), orderUbl(text));
    return [`${whole.number}, A4 of ${Math.round(pdf.length / 1000)} kB`, whole];
  });
  const [line] = order.lines;
  hold(line && line.packs >= fewestPacks, 'the order has too few packs for two deliveries');

  /** One delivery that names its order, in a lot of its own. */
  const deliver = async (packs: number) => {
    const lot = `DEMO${randomBytes(4).toString('hex').toUpperCase()}`;
    const expiryDate = tashkentDay(now + 700 * dayMs);
    await answer(pharmacist, inventory.receiveStock, {
      ...at,
      body: { order: order.id, lines: [{ gtin: line.gtin, lot, expiryDate, packs, packPrice: line.packPrice }] },
    });
    return answer(planner, procurement.readOrder, of);
  };

  await step('a part comes, the invoice is for all of it, and only what came can be paid', async () => {
    const { items } = await answer(pharmacist, procurement.listOrdersFor, at);
    hold(
      items.some(({ id }) => id === order.id),
      'the pharmacy does not see what it waits for',
    );
    const part = await deliver(line.packs - 1);
    hold(part.state === 'partly-received', `it is ${part.state}`);
    await answer(planner, procurement.enterInvoice, {
      ...of,
      body: {
        number: `F-${order.number}`,
        date: today,
        currency: order.currency,
        lines: [{ gtin: line.gtin, packs: line.packs, packPrice: line.packPrice }],
      },
    });
    const { match } = await answer(planner, procurement.readOrder, of);
    const kinds = match.differences.map(({ kind }) => kind);
    hold(kinds.includes('invoiced-not-received') && !match.agrees, `the papers differ by ${kinds.join()}`);
    hold(match.payable === match.received, `${match.payable} can be paid`);
    return [
      `${line.packs - 1} of ${line.packs} packs; ${kinds.join(', ')}: of ${money(match.invoiced)} ${money(match.payable)} can be paid`,
      undefined,
    ];
  });

  await step('the rest comes, the order shows received and three papers agree', async () => {
    const { state, match } = await deliver(1);
    hold(state === 'received', `it is ${state}`);
    hold(match.agrees && match.payable === match.ordered, 'the papers differ');
    const { state: ended } = await answer(planner, procurement.closeOrder, { ...of, body: {} });
    hold(ended === 'closed', `it is ${ended}`);
    const sums = [match.ordered, match.received, match.invoiced].map(money);
    return [`ordered ${sums[0]}, received ${sums[1]}, invoiced ${sums[2]}; the order is ${ended}`, undefined];
  });
};
