package mechanism

import "strings"

var rollbackKinds = []Kind{
	kind[AcceptRollback]("rollback.accept", toOfficer, everybody),
}

// AcceptRollback says that the record goes on from an older copy: acts that were signed for are lost for good. It changes
// nothing else; what is lost is done again by acts of its own.
type AcceptRollback struct {
	Checkpoint string `json:"checkpoint,omitempty"` // the signed head that the record does not contain; empty where it cannot be read
	Reason     string `json:"reason"`
}

func (a AcceptRollback) Objects(m *Mechanism) []Object { return []Object{ObjectOf("mechanism", m.id)} }

func (a AcceptRollback) Check(m *Mechanism, by Actor) error {
	if m.id == "" {
		return invalid("there is no mechanism in this record yet: begin a new record instead")
	}
	if strings.TrimSpace(a.Reason) == "" {
		return invalid("say why the record goes on without what was signed")
	}
	return nil
}

func (a AcceptRollback) apply(m *Mechanism, at Entry) {}
