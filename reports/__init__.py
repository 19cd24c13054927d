"""What leaves the building: documents made from what the warehouse, the figures and the journal hold."""
