//! The page: state, effects, components. In: what a person does. Out: what they see. Neighbours: every layer below.
