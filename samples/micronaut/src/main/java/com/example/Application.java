package com.example;

import io.micronaut.runtime.Micronaut;

/** The program. */
public class Application {

    public static void main(String[] args) {
        Micronaut.run(Application.class, args);
    }
}
