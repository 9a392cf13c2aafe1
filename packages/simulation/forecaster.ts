/** The forecast that planners are shown, as what an order is reckoned from. */
import { forecastSeries } from '@darmon/forecast/forecast';
import { SeriesRefusal } from '@darmon/forecast/series';
import type { Forecaster } from './darmon-ordering.ts';

/** Nothing is forecast for a medicine that was hardly there to be sold: nobody knows what it would have been. */
export const forecaster: Forecaster = (series, horizon) => {
  try {
    return forecastSeries(series, { horizon });
  } catch (error) {
    if (error instanceof SeriesRefusal && error.code === 'no-values') return { forecast: [], sigma: 0 };
    throw error;
  }
};
