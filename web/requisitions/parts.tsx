/** What several screens of requisitions share: marks, names, amounts, money. */
import type { RequisitionState, StockRisk } from '@darmon/domain/requisition';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import {
  IconAlertTriangle,
  IconBan,
  IconBolt,
  IconChecks,
  IconCircleCheck,
  IconClockExclamation,
  IconPencil,
  IconPlayerSkipForward,
  IconSend,
  IconTrendingDown,
  IconTruck,
} from '@tabler/icons-react';
import { useSites } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { type T, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';

const states: Readonly<Record<RequisitionState, { color: string; Icon: typeof IconBan }>> = {
  draft: { color: 'gray', Icon: IconPencil },
  submitted: { color: 'blue', Icon: IconSend },
  authorised: { color: 'violet', Icon: IconChecks },
  approved: { color: 'green', Icon: IconCircleCheck },
  rejected: { color: 'red', Icon: IconBan },
  released: { color: 'green', Icon: IconTruck },
  skipped: { color: 'gray', Icon: IconPlayerSkipForward },
};

export const StateMark = ({ state }: { readonly state: RequisitionState }) => {
  const t = useT();
  return <Mark {...states[state]}>{t(`web-requisitions:state.${state}`)}</Mark>;
};

export const EmergencyMark = () => {
  const t = useT();
  return (
    <Mark color="red" Icon={IconBolt}>
      {t('web-requisitions:kind.emergency')}
    </Mark>
  );
};

const risks: Readonly<Record<StockRisk, { color: string; Icon: typeof IconBan }>> = {
  out: { color: 'red', Icon: IconBan },
  'before-arrival': { color: 'orange', Icon: IconClockExclamation },
  low: { color: 'orange', Icon: IconTrendingDown },
  ok: { color: 'gray', Icon: IconCircleCheck },
};

export const RiskMark = ({ risk }: { readonly risk: StockRisk }) => {
  const t = useT();
  return <Mark {...risks[risk]}>{t(`web-requisitions:risk.${risk}`)}</Mark>;
};

export const Warned = ({ children }: { readonly children: string }) => (
  <span className="requisition-warned">
    <IconAlertTriangle size={18} aria-hidden />
    {children}
  </span>
);

/** The name of a site, its id while it is not known. */
export const useSiteName = (): ((id: string) => string) => {
  const sites = useSites();
  return (id) => sites.data?.find((site) => site.id === id)?.name ?? id;
};

/** A site by its name, a region by its own. */
export const usePlaceName = (): ((place: string) => string) => {
  const t = useT();
  const nameOf = useSiteName();
  return (place) => (place.startsWith('UZ-') ? t(`regions:${place}` as Parameters<T>[0]) : nameOf(place));
};

export const useMoney = (): ((tiyin: number) => string) => {
  const language = useLanguage();
  return (tiyin) => soumText(tiyin, language);
};

/** What a pack of a product holds, with its brand. */
export const usePackName = (): ((medicine: string, gtin: string, packUnits: number) => string) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  return (code, gtin, packUnits) => {
    const medicine = formulary.byCode(code);
    const brand = medicine?.packs.find((pack) => pack.gtin === gtin)?.brand;
    const units = t('web-requisitions:packOf', { units: quantityText(packUnits, medicine?.unit ?? 'piece', language) });
    return brand ? `${brand}, ${units}` : units;
  };
};
