package web

import "net/http"

// handler answers a request or says why not; [Server.fail] turns the error into a page.
type handler func(w http.ResponseWriter, r *http.Request) error

// routes is the table of all addresses. A page's address with ".json" behind it, or with an Accept header that prefers
// JSON, gives the same as data.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	route := func(pattern string, h handler) { mux.Handle(pattern, s.handle(pattern, h)) }

	route("GET /{$}", s.overview)
	route("GET /overview", s.overview)
	route("GET /meetings", s.meetings)
	route("GET /find", s.find)
	route("GET /keys", s.keys)

	route("GET /texts", s.texts)
	route("GET /texts/import", s.importText)
	route("POST /texts/import", s.importFile)
	route("GET /texts/{code}", s.reader)
	route("GET /texts/{code}/review", s.review)
	route("POST /texts/{code}/review", s.decide)
	route("GET /texts/{code}/file/{language}", s.textFile)

	route("GET /commitments", s.commitments)
	route("GET /commitments.csv", s.commitmentsCSV)
	route("GET /commitments/{ref}", s.commitment)
	route("POST /commitments/{ref}", s.commitmentChanged)

	route("GET /record", s.record)
	route("GET /record/{seq}", s.act)
	route("GET /record/verify", s.verify)
	route("POST /record/verify", s.verifyRun)
	route("GET /record/log/{path...}", s.tiles)

	route("GET /sign-in", s.signInForm)
	route("POST /sign-in", s.signIn)
	route("POST /sign-out", s.signOut)
	route("GET /welcome/{token}", s.welcome)
	route("POST /welcome/{token}", s.welcomed)
	route("POST /demo", s.demo)
	route("POST /preferences", s.preferences)
	route("GET /people", s.people)
	route("POST /people", s.appoint)
	route("POST /people/{id}/invite", s.invite)
	route("POST /people/{id}/relieve", s.relieve)

	route("GET /live", s.live)
	route("GET /assets/{name}", s.asset)
	mux.Handle("GET /metrics", s.metrics.handler())
	route("/", s.nowhere)
	return mux
}
