package com.example;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the topic says. */
public record Message(@JsonProperty(required = true) int state) {}
