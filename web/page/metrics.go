package page

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"concord/secretariat"
)

// metrics are the server's figures, for Prometheus.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	readers  prometheus.Gauge
	dropped  prometheus.Counter
	events   prometheus.Counter

	renderings prometheus.Counter
	fragments  prometheus.Counter
	sent       prometheus.Counter
}

func newMetrics(sec *secretariat.Secretariat) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "concord_requests_total", Help: "Requests answered, by method, route and status."}, []string{"method", "route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "concord_request_seconds", Help: "Time to answer a request, in seconds, by route; live updates are not counted.",
			Buckets: []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5}}, []string{"route"}),
		readers: prometheus.NewGauge(prometheus.GaugeOpts{Name: "concord_live_readers", Help: "Open pages that follow live updates."}),
		dropped: prometheus.NewCounter(prometheus.CounterOpts{Name: "concord_live_dropped_total", Help: "Readers dropped because they were too slow."}),
		events:  prometheus.NewCounter(prometheus.CounterOpts{Name: "concord_live_events_total", Help: "Batches of acts sent to readers."}),

		renderings: prometheus.NewCounter(prometheus.CounterOpts{Name: "concord_live_renderings_total", Help: "Open pages, or their rails, rendered for all of a class of viewers."}),
		fragments:  prometheus.NewCounter(prometheus.CounterOpts{Name: "concord_live_fragments_total", Help: "Changed fragments found in renderings, each once however many read it."}),
		sent:       prometheus.NewCounter(prometheus.CounterOpts{Name: "concord_live_sent_bytes_total", Help: "Bytes handed to readers of live updates."}),
	}
	acts := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "concord_acts", Help: "Acts in the record."}, func() float64 { return float64(sec.Acts()) })
	unfollowed := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "concord_record_unfollowed_seconds", Help: "For how long the record could not be followed; 0 when it is."},
		func() float64 { return sec.Unfollowed().Seconds() })
	m.registry.MustRegister(m.requests, m.latency, m.readers, m.dropped, m.events, m.renderings, m.fragments, m.sent, acts, unfollowed, collectors.NewGoCollector())
	return m
}

// liveRoute stays open for hours and would spoil the latencies.
const (
	livePath  = "/live"
	liveRoute = "GET " + livePath
)

func (m *metrics) request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(knownMethod(method), route, strconv.Itoa(status)).Inc()
	if route != liveRoute {
		m.latency.WithLabelValues(route).Observe(took.Seconds())
	}
}

// knownMethod keeps strangers from inventing series.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return method
	}
	return "other"
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
