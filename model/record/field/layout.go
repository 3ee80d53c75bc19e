package field

import (
	"fmt"
	"slices"
	"strings"
)

// layout is a table that a project publishes.
type layout struct {
	set     string // one of [Sets]
	name    string // with its version
	columns []string
	take    func(*importer, *sheet) error
}

// Sets are the data sets that can be imported.
func Sets() []string { return []string{"eurepoc", "dcid"} }

// layouts are the tables that are read. EuRepoC names two pairs of columns alike: the second belongs to the initiator
// that the project has settled on.
func layouts() []layout {
	return []layout{
		{"eurepoc", "EuRepoC global 1.3", columnsOf(eurepocGlobal), (*importer).incidents},
		{"eurepoc", "EuRepoC attribution 1.3", columnsOf(eurepocAttribution), (*importer).attributions},
		{"dcid", "DCID 2.0", columnsOf(dcid), (*importer).dyads},
	}
}

// The columns of the tables, in order.
const (
	eurepocGlobal = "incident_id,name,description,start_date,end_date,inclusion_criterion,inclusion_criterion_subcode," +
		"source_disclosure,incident_type,receiver_name,receiver_country,receiver_country_alpha_2_code," +
		"receiver_regions,receiver_category,receiver_subcategory,initiator_name,initiator_country," +
		"initiator_alpha_2,initiator_category,initiator_subcategory,number_attributions,attribution_id," +
		"attribution_date,attribution_type,attribution_basis,attributing_actor,attributing_company," +
		"attributing_country,settled_initiator,initiator_country,initiator_category,attribution_source_url," +
		"cyber_conflict_issue,offline_conflict_issue,offline_conflict_name,offline_conflict_intensity," +
		"offline_conflict_intensity_subcode,number_political_responses,political_response_date," +
		"political_response_type,political_response_subtype,political_response_responding_country," +
		"political_response_responding_actor,zero_days,zero_days_subcode,mitre_initial_access,mitre_impact," +
		"user_interaction,has_disruption,data_theft,disruption,hijacking,physical_effects_spatial," +
		"physical_effects_temporal,unweighted_intensity,target_multiplier,weighted_intensity," +
		"impact_indicator_label,impact_indicator_score,functional_impact,intelligence_impact," +
		"affected_entities,affected_entities_value,affected_third_countries,affected_third_countries_value," +
		"economic_impact,economic_impact_value,economic_impact_currency,state_responsibility_actor," +
		"il_breach_indicator,il_breach_indicator_subcode,evidence_for_sanctions_indicator," +
		"number_legal_responses,legal_response_date,legal_response_type,legal_response_subtype," +
		"legal_response_responding_country,legal_response_responding_actor,attribution_legal_reference," +
		"attribution_legal_reference_subcode,response_indicator,casualties,source_url,added_to_db,updated_at"
	eurepocAttribution = "attribution_id,incident_id,attribution_year,attribution_month,attribution_day," +
		"attribution_date,attribution_basis,attribution_type,attribution_subtype,attributing_country,attributing_actor," +
		"attributing_company,settled_attribution,initiator_name,initiator_alpha_2,initiator_country," +
		"initiator_category,initiator_subcategory"
	dcid = "Cyberincidentnum,Dyadpair,StateA,StateB,Name,interactionstartdate,interactionenddate,method," +
		"targettype,initiator,cyber_objective,information_operation,objective_achievement,Concession," +
		"3rdpartyinitiator,severity,damage type,Crit Inf,Supply Ch,Ransomware,Political Objective,Sources1," +
		"Sources2,Sources3,Sources4,Sources5,Justice,Cert,FBI"
)

// columnsOf names every column once: of two that are alike the second gets the word settled in front.
func columnsOf(list string) []string {
	names := strings.Split(list, ",")
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			names[i] = settled + name
		}
	}
	return names
}

const settled = "settled "

// mostColumns is more than any table has that is known.
const mostColumns = 500

const takes = "EuRepoC global 1.3, EuRepoC attribution 1.3 and DCID 2.0 are read"

// layoutOf finds out which table a sheet is, or says in which column it is none.
func layoutOf(set string, s *sheet) (*layout, error) {
	if n := len(s.header); n > mostColumns {
		return nil, fmt.Errorf("%s: row 1 has %d columns: no table that is known here; %s", s.file, n, takes)
	}
	header := columnsOf(strings.Join(s.header, ","))
	var nearest *layout
	shared := 0
	all := layouts()
	for i := range all {
		l := &all[i]
		if slices.Equal(header, l.columns) {
			if l.set != set {
				return nil, fmt.Errorf("%s: this is %s; import it as misstep import %s", s.file, l.name, l.set)
			}
			return l, nil
		}
		n := 0
		for _, c := range l.columns {
			if slices.Contains(header, c) {
				n++
			}
		}
		if n > shared {
			nearest, shared = l, n
		}
	}
	return nil, unknown(s, header, nearest, shared)
}

// unknown says what a sheet is instead of a table that is read.
func unknown(s *sheet, header []string, nearest *layout, shared int) error {
	switch {
	case len(s.header) == 0:
		return fmt.Errorf("%s: empty; %s", s.file, takes)
	case slices.Contains(header, "Sponsor") && slices.Contains(header, "Victims"):
		return fmt.Errorf("%s: this is the CFR Cyber Operations Tracker, which has no state for a victim and so no pairs; %s",
			s.file, takes)
	case len(header) == 1 && strings.Contains(header[0], ";"):
		return fmt.Errorf("%s: row 1: semicolons stand between the columns; save the table with commas between them", s.file)
	case nearest != nil && shared > len(nearest.columns)/2:
		for i, want := range nearest.columns {
			if i >= len(header) {
				return fmt.Errorf("%s: row 1 ends before column %s, which is %q in %s: another version? %s", s.file, letters(i),
					want, nearest.name, takes)
			}
			if header[i] != want {
				return fmt.Errorf("%s: row 1, column %s is %q, and %q in %s: another version? %s", s.file, letters(i),
					clip(header[i]), want, nearest.name, takes)
			}
		}
		return fmt.Errorf("%s: row 1, column %s is %q, and %s ends before: another version? %s", s.file,
			letters(len(nearest.columns)), clip(header[len(nearest.columns)]), nearest.name, takes)
	}
	return fmt.Errorf("%s: row 1, column A is %q: no table that is known here; %s", s.file, clip(header[0]), takes)
}
